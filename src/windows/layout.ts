import type { Cells } from '../aggregates/accumulators/cells'
import { countOf, numbers, width } from '../aggregates/accumulators/numbers'
import type { AggregateRow } from '../config/aggregates'
import type { Columns, Source } from './columns'
import type { Other } from './others'
import type { Result } from './result-row'

/** Where the accumulators of a list of aggregates lie, and how results are read from them. */
interface Layout {
  /** How many columns of numbers have a block of cells; they are the first. Cell 0 counts the records. */
  blocks: number
  /** The accumulators that are objects of their own, by their places. */
  others: Other[]
  results: Result[]
  /** The places of the others whose key's last value before the window is asked for. */
  carrying: number[]
}

const ofCount = (as: string, count: (cells: Cells) => number, result: Result['result']): Result => ({
  as,
  place: -1,
  at: 0,
  result: (cells, span) => result({ n: count(cells as Cells) }, span, 0)
})

/** Each field is read once a record, each accumulation kept once a field. `payload`: what an empty field stands for. */
export function layOut(rows: readonly AggregateRow[], columns: Columns, payload: Source): Layout {
  const others: Other[] = []

  const sourceOf = ({ field, fieldType }: AggregateRow): Source =>
    field === '' ? payload : { text: field, type: fieldType }

  const columnOf = (row: AggregateRow, isNumber: boolean): number =>
    columns.place(sourceOf(row), isNumber, row.field === '' ? 'value' : 'aggregates')

  function placeOf(row: AggregateRow): number {
    const accumulation = row.aggregate.accumulation as Other['accumulation']
    const isNumber = row.aggregate.input === 'number'
    const column = columnOf(row, isNumber)
    const found = others.findIndex(
      other => other.accumulation === accumulation && other.column === column && other.isNumber === isNumber
    )
    return found >= 0 ? found : others.push({ accumulation, column, isNumber }) - 1
  }

  for (const row of rows) if (row.aggregate.accumulation === numbers) columnOf(row, true)
  const blocks = columns.numbers.length

  function resultOf(row: AggregateRow): Result {
    const { aggregate, as, field } = row
    const result = aggregate.result as Result['result']
    if (aggregate.counts && field === '') return ofCount(as, cells => cells[0], result)
    const block = columns.numbersOf(sourceOf(row))
    const at = 1 + block * width
    if (aggregate.accumulation === numbers) return { as, place: -1, at, result }
    // where the field is read as a number anyway, its values are counted there
    if (aggregate.counts && block >= 0 && block < blocks) return ofCount(as, cells => countOf(cells, at), result)
    return { as, place: placeOf(row), at: 0, result }
  }

  const results = rows.map(resultOf)
  const carrying = [...new Set(rows.filter(({ aggregate }) => aggregate.carries).map(placeOf))]
  return { blocks, others, results, carrying }
}
