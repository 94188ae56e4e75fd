// A dialog: rows drawn from declarations, checked while typing, with a picture of what they do.
import { aggregateList } from './aggregate-list.mjs'
import { doubtOf, isAskedFor, isInMilliseconds, isShown, problemOf } from './checks.mjs'
import { drawInput } from './inputs.mjs'
import { call, describe, mark, tell, visible } from './marks.mjs'
import { filledIn, open } from './values.mjs'
import { problemWords, shared, wordsOfRow } from './words.mjs'

const $ = globalThis.$

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
function drawRow(parent, { row, saved, prefix, say, onChange }) {
  const id = `${prefix}-${row.name}`
  const box = $('<div>', { class: 'form-row stream-row', 'data-field': row.name }).appendTo(parent)
  if (row.kind === 'aggregates') return drawAggregates(box, { row, saved, say, onChange })
  const name = label(row, id, say).appendTo(box)
  const cell = $('<div>', { class: 'stream-cell' }).appendTo(box)
  drawInput(cell, { id, row, saved, say })
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

function drawAggregates(box, { row, saved, say, onChange }) {
  box.addClass('stream-wide')
  const text = shared('field.aggregates')
  $('<div>', { class: 'stream-title', text }).appendTo(box)
  const list = aggregateList(box, saved[row.name], {
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
 * `illustrate` draws `above` the list of results, where the other rows are, and `below` it; what it returns is called
 * with the values, and the doubt there is about them, whenever something changes. `settings` is the input that chooses
 * stream settings, if there is one. Returns the element that holds the rows of `more`.
 */
export function openForm(node, { root, prefix, rows, more, say, illustrate, settings }) {
  let isReady = false
  const onChange = () => isReady && refresh()
  const drawn = []
  // no list of results stays none: with one that is filled in, the state would be of another configuration
  const saved = { ...filledIn(node, [...rows, ...more]), aggregates: node.aggregates ?? [] }
  const add = (parent, row) => drawn.push(drawRow(parent, { row, saved, prefix, say, onChange }))
  const [above, list, below] = Array.from({ length: 3 }, () => $('<div>').appendTo(root))
  for (const row of rows) add(row.kind === 'aggregates' ? list : above, row)
  const show = illustrate({ above, below })
  const hidden = drawMore(root)
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
    show(now, doubtOf([...rows, ...more], now))
  }
  open(node, values)
  settings?.on('change', onChange)
  isReady = true
  refresh()
  return hidden
}
