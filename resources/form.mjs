// A dialog: rows drawn from declarations, checked while typing, with a picture of what they do.
import { aggregateList } from './aggregate-list.mjs'
import { doubtOf, isAskedFor, isInMilliseconds, isShown, problemOf } from './checks.mjs'
import { drawInput } from './inputs.mjs'
import { call, describe, mark, tell, visible } from './marks.mjs'
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

/** What is wrong with a row, or else what is worth knowing, under its input; returns show(problem, values). */
function drawRemarks(box, { row, id, input }) {
  const words = $('<div>', { class: 'stream-problem', id: `${id}-problem`, role: 'status' }).appendTo(box)
  const hint = $('<div>', { class: 'stream-hint', id: `${id}-hint`, role: 'status' }).appendTo(box)
  const units = box.find('.stream-unit').uniqueId().get()
  describe(input, [...units.map(unit => unit.id), `${id}-problem`, `${id}-hint`].join(' '))
  return (problem, values) => {
    tell(words, problem ? problemWords(problem) : '')
    const value = values[row.name]
    tell(hint, !problem && isInMilliseconds(row, values) ? shared('hint.milliseconds', { value }) : '')
    // what Node-RED found when the dialog opened may be out of date
    input.data('tooltip')?.delete()
    input.removeData('tooltip')
    mark(input, Boolean(problem))
  }
}

/** Draws one row; returns { row, box, values(), show(problem, values) }. */
function drawRow(parent, { row, node, prefix, say, onChange }) {
  const id = `${prefix}-${row.name}`
  const box = $('<div>', { class: 'form-row stream-row', 'data-field': row.name }).appendTo(parent)
  if (row.kind === 'aggregates') return drawAggregates(box, { row, node, say, onChange })
  const name = label(row, id, say).appendTo(box)
  const cell = $('<div>', { class: 'stream-cell' }).appendTo(box)
  drawInput(cell, { id, row, node, say })
  const input = box.find(`#${$.escapeSelector(id)}`)
  // without a name of its own, Node-RED names it for good after what is wrong when the dialog opens
  if (row.kind !== 'flag') call(input, name.text())
  const remark = drawRemarks(box, { row, id, input })
  box.on('input change', onChange)
  const read = () => (row.kind === 'flag' ? input.prop('checked') : (input.val() ?? ''))
  return {
    row,
    box,
    values: () =>
      row.kind === 'typed'
        ? { [row.name]: input.typedInput('value'), [`${row.name}Type`]: input.typedInput('type') }
        : { [row.name]: read() },
    show(problem, values) {
      cell.data('update')?.(values)
      const isRequired = isAskedFor(row, values)
      name.toggleClass('stream-required', isRequired)
      visible(input).attr('aria-required', String(isRequired))
      remark(problem, values)
    }
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
    show: () => list.refresh()
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
 * `illustrate` makes what is called with the values whenever something changes, with a place below the rows and with the
 * doubt there is about the values; `settings` is the input that chooses stream settings, if there is one. Returns where
 * the rows of `more` are.
 */
export function openForm(node, { root, prefix, rows, more, say, illustrate, settings }) {
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

  const values = () => Object.assign({ settings: settings?.val() }, ...drawn.map(part => part.values()))
  const refresh = () => {
    const now = values()
    let isMoreWrong = false
    for (const part of drawn) {
      const problem = problemOf(part.row, now)
      part.box.toggle(isShown(part.row, now))
      part.show(problem, now)
      isMoreWrong ||= Boolean(problem) && more.includes(part.row)
    }
    if (isMoreWrong) hidden.attr('open', '')
    show?.(now, { place: result, doubt: doubtOf([...rows, ...more], now) })
  }
  open.set(node, { values })
  settings?.on('change', onChange)
  isReady = true
  refresh()
  return { hidden }
}
