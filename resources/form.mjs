// A dialog: rows drawn from declarations, checked while typing, with a picture of what they do.
import { aggregateList } from './aggregate-list.mjs'
import { isShown, problemOf } from './checks.mjs'
import { drawInput } from './inputs.mjs'
import { problemWords, shared, wordsOfRow } from './words.mjs'

const $ = globalThis.$

/** Open dialogs: node -> form. Validators ask it for what is typed rather than what is saved. */
const open = new Map()

/** The values of a node: those in its dialog where one is open. */
export const valuesOf = node => open.get(node)?.values() ?? node

export const close = node => open.delete(node)

function label(row, id, say) {
  const text = wordsOfRow(row, say)(`field.${row.name}`)
  return $('<label>', { for: id, text })
}

/** Draws one row; returns { row, box, read(), show(problem) }. */
function drawRow(parent, { row, node, prefix, say, onChange }) {
  const id = `${prefix}-${row.name}`
  const box = $('<div>', { class: 'form-row stream-row', 'data-field': row.name }).appendTo(parent)
  if (row.kind === 'aggregates') return drawAggregates(box, { row, node, say, onChange })
  label(row, id, say).appendTo(box)
  const cell = $('<div>', { class: 'stream-cell' }).appendTo(box)
  drawInput(cell, { id, row, node, say })
  const words = $('<div>', { class: 'stream-problem', id: `${id}-problem`, role: 'status' }).appendTo(box)
  const input = box.find(`#${$.escapeSelector(id)}`).attr('aria-describedby', `${id}-problem`)
  box.on('input change', onChange)
  const read = () => (row.kind === 'flag' ? input.prop('checked') : (input.val() ?? ''))
  return {
    row,
    box,
    values: () =>
      row.kind === 'typed'
        ? { [row.name]: input.typedInput('value'), [`${row.name}Type`]: input.typedInput('type') }
        : { [row.name]: read() },
    show(problem) {
      words.text(problem ? problemWords(problem) : '')
      // what Node-RED found when the dialog opened may be out of date
      input.data('tooltip')?.delete()
      input.removeData('tooltip')
      input.toggleClass('input-error', Boolean(problem)).attr('aria-invalid', String(Boolean(problem)))
      input.next('.red-ui-typedInput-container').toggleClass('input-error', Boolean(problem))
    },
    update: values => cell.data('update')?.(values)
  }
}

function drawAggregates(box, { row, node, say, onChange }) {
  box.addClass('stream-wide')
  const text = shared('field.aggregates')
  $('<div>', { class: 'stream-title', text }).appendTo(box)
  const list = aggregateList(box, node[row.name] ?? [], {
    label: text,
    emptyList: say('empty.aggregates'),
    emptyField: say('empty.field'),
    onChange
  })
  return {
    row,
    box,
    values: () => ({ [row.name]: list.rows() }),
    show: () => list.refresh(),
    update: () => undefined
  }
}

/** 'More': what beginners need not see. It opens by itself where something in it is wrong. */
function drawMore(form) {
  const more = $('<details>', { class: 'stream-more' }).appendTo(form)
  $('<summary>', { text: shared('more') }).appendTo(more)
  return more
}

/**
 * Draws `rows`, then those of `more` behind a summary, and keeps all checked.
 * `illustrate` makes what is called with the values whenever something changes. Returns where the rows of `more` are.
 */
export function openForm(node, { root, prefix, rows, more, say, illustrate }) {
  let isReady = false
  const onChange = () => isReady && refresh()
  const drawn = []
  const add = (parent, row) => drawn.push(drawRow(parent, { row, node, prefix, say, onChange }))
  const isAbove = row => row.kind !== 'aggregates'
  rows.filter(isAbove).forEach(row => add(root, row))
  const show = illustrate?.(root)
  rows.filter(row => !isAbove(row)).forEach(row => add(root, row))
  const result = $('<div>').appendTo(root)
  const hidden = more.length > 0 ? drawMore(root) : undefined
  more.forEach(row => add(hidden, row))

  const values = () => Object.assign({}, ...drawn.map(part => part.values()))
  const refresh = () => {
    const now = values()
    let isMoreWrong = false
    for (const part of drawn) {
      const problem = problemOf(part.row, now)
      part.box.toggle(isShown(part.row, now))
      part.show(problem)
      part.update(now)
      isMoreWrong ||= Boolean(problem) && more.includes(part.row)
    }
    if (isMoreWrong) hidden.attr('open', '')
    show?.(now, result)
  }
  open.set(node, { values })
  isReady = true
  refresh()
  return { hidden }
}
