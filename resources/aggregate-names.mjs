// Names of the results of a list of aggregates, as the engine gives them.
const lastPart = field => /([^.[\]"']+)["'\]]*$/.exec(field)?.[1] ?? 'payload'

export const reserved = ['key', 'start', 'end', 'value', 'kind', 'left', 'right']

export const text = raw => String(raw ?? '').trim()

/** The name that a row has by itself: its function, `p95` for a percentile. */
export const ownName = ({ fn, arg }) => (fn === 'percentile' ? `p${text(arg)}` : fn)

/** The name of each row's result. Two that share one and were given none get `_<last part of field>` added. */
export function resultNames(rows) {
  const names = rows.map(row => text(row.as) || ownName(row))
  return rows.map((row, i) => {
    const isShared = names.filter(name => name === names[i]).length > 1
    return isShared && !text(row.as) ? `${names[i]}_${lastPart(text(row.field))}` : names[i]
  })
}

/** An empty list of results is one mean. */
export const orMean = rows => (rows.length > 0 ? rows : [{ fn: 'mean' }])

/** The functions of a list of results, for the label of a node. */
export const spokenResults = rows =>
  orMean(rows)
    .map(({ fn }) => fn)
    .join(' ')

/** Is the payload the bare value? So with exactly one row that was given no name. */
export const isBare = rows => rows.length === 1 && !text(rows[0].as)
