// One line of the list of aggregates: function, argument, property and name of a result.
import { ownName, text } from './aggregate-names.mjs'
import { functions } from './functions.mjs'
import { optionalProperty } from './inputs.mjs'
import { call, describe, mark, tell, visible } from './marks.mjs'
import { problemWords, shared } from './words.mjs'

const $ = globalThis.$
const groups = [...new Set(Object.values(functions).map(({ group }) => group))]

function functionSelect(saved) {
  const select = $('<select>', { class: 'stream-fn', 'aria-label': shared('aggregate.fn') })
  if (!Object.hasOwn(functions, saved)) $('<option>', { value: saved, text: saved }).appendTo(select)
  for (const group of groups) {
    const list = $('<optgroup>', { label: shared(`group.${group}`) }).appendTo(select)
    for (const [name, { group: own }] of Object.entries(functions)) {
      if (own === group) $('<option>', { value: name, text: `${name} · ${shared(`function.${name}`)}` }).appendTo(list)
    }
  }
  return select.val(saved)
}

function typedField(line, saved, placeholder) {
  const field = $('<input>', { class: 'stream-of', type: 'text' })
    .val(saved.field ?? '')
    .appendTo(line)
  field.typedInput({ types: [optionalProperty, 'jsonata'], default: saved.fieldType || 'msg' })
  field.typedInput('type', saved.fieldType || 'msg')
  field.typedInput('width', '100%')
  call(field, shared('aggregate.field'))
  visible(field).attr('placeholder', placeholder)
  return field
}

/** Draws a line; it keeps its elements where rowOf and show find them. */
export function drawLine(container, saved, { emptyField, onChange }) {
  const line = $('<div>', { class: 'stream-aggregate' }).appendTo(container)
  const named = (style, name) => $('<input>', { class: style, type: 'text', 'aria-label': name })
  const fn = functionSelect(saved.fn ?? 'mean').appendTo(line)
  const arg = named('stream-arg', shared('aggregate.arg'))
    .val(saved.arg ?? '')
    .appendTo(line)
  const field = typedField(line, saved, emptyField)
  const as = named('stream-as', shared('aggregate.as'))
    .val(saved.as ?? '')
    .appendTo(line)
  const words = $('<div>', { class: 'stream-problem', role: 'status' }).uniqueId().appendTo(container)
  for (const input of [fn, arg, field, as]) describe(input, words.attr('id'))
  line.on('input change', onChange)
  container.data('line', { fn, arg, field, as, words })
}

/** What a line says, as it is saved. */
export function rowOf(container) {
  const { fn, arg, field, as } = container.data('line')
  const takes = functions[fn.val()]?.arg
  return {
    fn: fn.val(),
    field: text(field.typedInput('value')),
    fieldType: field.typedInput('type'),
    arg: takes ? text(arg.val()) : '',
    as: text(as.val())
  }
}

/** The part of a line that a problem is about. */
const partOf = {
  percent: 'arg',
  duration: 'arg',
  sameName: 'as',
  reserved: 'as',
  function: 'fn'
}

/** Shows what belongs to the function, the `name` that the result will have, its place, and what is wrong. */
export function showLine(container, { row, name, place, places, problem }) {
  const { words, ...parts } = container.data('line')
  const takes = functions[row.fn]?.arg
  parts.arg.toggle(Boolean(takes)).attr('placeholder', takes ? shared(`argument.${takes}`) : '')
  parts.as.attr('placeholder', places === 1 ? shared('aggregate.bare') : name || ownName(row))
  const wrong = problem && (partOf[problem.key] ?? 'field')
  for (const [part, input] of Object.entries(parts)) mark(input, part === wrong)
  tell(words, problem ? problemWords(problem) : '')
  // the widget of the list leaves both without a name
  const item = container.closest('li')
  item.find('.red-ui-editableList-item-remove').attr('aria-label', shared('aggregate.remove', { name }))
  item.find('.red-ui-editableList-item-handle').attr({
    role: 'button',
    tabindex: places > 1 ? 0 : -1,
    'aria-label': shared('aggregate.move', { name, place, places })
  })
}
