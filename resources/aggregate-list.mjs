// The list of aggregates: function, argument, property and name of each result.
import { ownName, resultNames, text } from './aggregate-names.mjs'
import { aggregateProblem } from './checks.mjs'
import { functions } from './functions.mjs'
import { optionalProperty } from './inputs.mjs'
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

/** One line of the list; it keeps its elements where rowOf and mark find them. */
function drawLine(container, saved, { emptyField, onChange }) {
  const line = $('<div>', { class: 'stream-aggregate' }).appendTo(container)
  const fn = functionSelect(saved.fn ?? 'mean').appendTo(line)
  const arg = $('<input>', { class: 'stream-arg', type: 'text', 'aria-label': shared('aggregate.arg') })
    .val(saved.arg ?? '')
    .appendTo(line)
  const field = $('<input>', { class: 'stream-of', type: 'text' })
    .val(saved.field ?? '')
    .appendTo(line)
  field.typedInput({ types: [optionalProperty, 'jsonata'], default: saved.fieldType || 'msg' })
  field.typedInput('type', saved.fieldType || 'msg')
  field.typedInput('width', '100%')
  line.find('.red-ui-typedInput-input').attr({ 'aria-label': shared('aggregate.field'), placeholder: emptyField })
  const as = $('<input>', { class: 'stream-as', type: 'text', 'aria-label': shared('aggregate.as') })
    .val(saved.as ?? '')
    .appendTo(line)
  $('<div>', { class: 'stream-problem', role: 'status' }).appendTo(container)
  line.on('input change', onChange)
  container.data('line', { fn, arg, field, as })
}

function rowOf(container) {
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

/** Shows what belongs to the function, the name a result will have, and what is wrong. */
function mark(container, rows, i, names) {
  const { fn, arg, field, as } = container.data('line')
  const takes = functions[rows[i].fn]?.arg
  arg.toggle(Boolean(takes)).attr('placeholder', takes ? shared(`argument.${takes}`) : '')
  as.attr('placeholder', rows.length === 1 ? shared('aggregate.bare') : names[i] || ownName(rows[i]))
  const problem = aggregateProblem(rows, i, names)
  const isArg = problem && (problem.key === 'percent' || problem.key === 'duration')
  const isName = problem && (problem.key === 'sameName' || problem.key === 'reserved')
  for (const input of [fn, arg, as, field]) input.removeClass('input-error').removeAttr('aria-invalid')
  const wrong = problem && (isArg ? arg : isName ? as : problem.key === 'function' ? fn : field)
  wrong?.addClass('input-error').attr('aria-invalid', 'true')
  field.next('.red-ui-typedInput-container').toggleClass('input-error', wrong === field)
  container.find('.stream-problem').text(problem ? problemWords(problem) : '')
}

/** Draws the list into `cell`: { rows(), refresh() }. */
export function aggregateList(cell, saved, { label, emptyList, emptyField, onChange }) {
  const list = $('<ol>', { class: 'stream-aggregates', 'aria-label': label }).appendTo(cell)
  const hint = $('<div>', { class: 'stream-hint', text: emptyList }).appendTo(cell)
  const lines = () => list.editableList('items').toArray()
  const rows = () => lines().map(line => rowOf(line))
  list.editableList({
    addButton: shared('aggregate.add'),
    removable: true,
    sortable: true,
    height: 'auto',
    addItem: (container, _index, row) => drawLine(container, row, { emptyField, onChange }),
    removeItem: onChange,
    sortItems: onChange
  })
  list.editableList('addItems', structuredClone(saved))
  return {
    rows,
    refresh() {
      const all = rows()
      const names = resultNames(all)
      lines().forEach((line, i) => mark(line, all, i, names))
      hint.toggle(all.length === 0)
      list.closest('.red-ui-editableList-container').toggle(all.length > 0)
    }
  }
}
