// The list of aggregates, to which results can be added.
import { resultNames } from './aggregate-names.mjs'
import { drawLine, rowOf, showLine } from './aggregate-line.mjs'
import { aggregateProblem } from './checks.mjs'
import { functions } from './functions.mjs'
import { listKeys } from './list-keys.mjs'
import { shared } from './words.mjs'

const $ = globalThis.$

/** Those first that are asked for most; one that needs an argument would be wrong at once. */
const offered = ['mean', 'min', 'max', 'count', ...Object.keys(functions).filter(name => !functions[name].arg)]

/** A further row: a function that is not yet there, of what the last one is of. */
function furtherRow(rows) {
  const { field, fieldType } = rows.at(-1) ?? {}
  const fn = offered.find(name => rows.every(row => row.fn !== name)) ?? 'mean'
  return { fn, field, fieldType }
}

/** Draws the list into `cell`: { rows(), refresh() }. */
export function aggregateList(cell, saved, { label, emptyList, emptyField, onChange }) {
  const list = $('<ol>', { class: 'stream-aggregates', 'aria-label': label }).appendTo(cell)
  const hint = $('<div>', { class: 'stream-hint', text: emptyList }).appendTo(cell)
  const lines = () => list.editableList('items').toArray()
  const rows = () => lines().map(line => rowOf(line))
  const draw = (container, row) => drawLine(container, row, { emptyField, onChange })
  list.editableList({
    addButton: shared('aggregate.add'),
    removable: true,
    sortable: true,
    height: 'auto',
    addItem(container, index, row) {
      if (!$.isEmptyObject(row)) return draw(container, row)
      // the button of the list adds an empty row
      draw(container, furtherRow(lines().slice(0, index).map(rowOf)))
      onChange()
      container.find('.stream-fn').trigger('focus')
    },
    removeItem: onChange,
    sortItems: onChange
  })
  list.editableList('addItems', structuredClone(saved))
  listKeys(list, onChange)
  return {
    rows,
    refresh() {
      const all = rows()
      const names = resultNames(all)
      lines().forEach((line, i) =>
        showLine(line, {
          row: all[i],
          name: names[i],
          place: i + 1,
          places: all.length,
          problem: aggregateProblem(all, i, names)
        })
      )
      hint.toggle(all.length === 0)
      list.closest('.red-ui-editableList-container').toggle(all.length > 0)
    }
  }
}
