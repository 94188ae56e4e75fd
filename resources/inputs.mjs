// One input element per kind of row. Each draws into `cell` and leaves an element with the id Node-RED saves from.
import { visible } from './marks.mjs'
import { thresholdInput } from './threshold.mjs'
import { shared, wordsOfRow } from './words.mjs'

const $ = globalThis.$

/** The property type for fields that may be empty: the core one would call that wrong. */
export const optionalProperty = { value: 'msg', label: 'msg.', validate: () => true }

const javascript = () => ({
  value: 'js',
  label: 'JavaScript',
  icon: 'fa fa-code',
  expand() {
    globalThis.RED.editor.editJavaScript({ value: this.value(), complete: text => this.value(text.trim()) })
  }
})

/** A type name of a typed row as the typedInput widget knows it. */
function typeOf(type, isOptional, say) {
  if (type === 'msg') return isOptional ? optionalProperty : 'msg'
  if (type === 'js') return javascript()
  if (type === 'jsonata') return 'jsonata'
  return { value: type, label: say(`type.${type}`), hasValue: false }
}

/** What stands in an empty field: what holds where it is left so, or an example of what it needs. */
function placeholderOf({ name, empty, example }, values, say) {
  if (typeof empty === 'function') return empty(values, say)
  if (empty) return say(`empty.${name}`)
  const needed = typeof example === 'function' ? example(values) : example
  return needed ? shared('example', { example: needed }) : ''
}

function typed(cell, { id, row, saved, say }) {
  const input = $('<input>', { id, type: 'text' }).appendTo(cell)
  $('<input>', { id: `${id}Type`, type: 'hidden' }).appendTo(cell)
  const words = wordsOfRow(row, say)
  const types = row.types.map(type => typeOf(type, row.isOptional, words))
  input.typedInput({ types, typeField: `#${id}Type` })
  input.typedInput('type', saved[`${row.name}Type`])
  input.typedInput('value', saved[row.name])
  input.typedInput('width', '100%')
  const shown = visible(input)
  cell.data('update', values => shown.attr('placeholder', placeholderOf(row, values, words)))
}

function choice(cell, { id, row, saved, say }) {
  const chosen = saved[row.name]
  const options = row.options.includes(chosen) ? row.options : [...row.options, chosen]
  const select = $('<select>', { id }).appendTo(cell)
  for (const option of options) {
    const text = row.options.includes(option) ? say(`option.${row.name}.${option}`) : option
    $('<option>', { value: option, text }).appendTo(select)
  }
  select.val(chosen)
}

function flag(cell, { id, row, saved, say }) {
  const box = $('<input>', { id, type: 'checkbox' }).appendTo(cell)
  box.prop('checked', String(saved[row.name]) === 'true')
  $('<label>', { for: id, class: 'stream-flag', text: wordsOfRow(row, say)(`flag.${row.name}`) }).appendTo(cell)
}

function suggestions(cell, id, offers) {
  const list = $('<datalist>', { id: `${id}-offers` }).appendTo(cell)
  for (const offer of offers) $('<option>', { value: offer }).appendTo(list)
}

function text(cell, { id, row, saved, say }) {
  const input = $('<input>', { id, type: 'text' }).attr({ autocomplete: 'off', spellcheck: 'false' }).appendTo(cell)
  input.val(saved[row.name])
  cell.data('update', values => input.attr('placeholder', placeholderOf(row, values, say)))
  if (row.offers) {
    input.attr('list', `${id}-offers`)
    suggestions(cell, id, row.offers())
  }
  if (row.unit) $('<span>', { class: 'stream-unit', text: say(`unit.${row.name}`) }).appendTo(cell)
}

/** kind -> (cell, { id, row, saved, say }); other kinds are texts. */
const drawers = { typed, choice, flag, threshold: thresholdInput }

export const drawInput = (cell, about) => (drawers[about.row.kind] ?? text)(cell, about)
