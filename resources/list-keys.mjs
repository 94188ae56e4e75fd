// What a list of Node-RED lacks for those without a mouse: rows that move by keys, and a focus that outlives its row.
const $ = globalThis.$

/** Moves the row by one place; was there one? */
function move(row, key) {
  if (key === 'ArrowUp') return row.insertBefore(row.prev()).length > 0
  return key === 'ArrowDown' && row.insertAfter(row.next()).length > 0
}

/** What takes the focus when the row is deleted: the same link of the nearest one, or the button where none is left. */
function heirOf(row) {
  const others = ':not(.red-ui-editableList-item-deleting)'
  const [nearest] = [...row.nextAll(others), ...row.prevAll(others)]
  if (nearest) return $(nearest).find('.red-ui-editableList-item-remove')
  return row.closest('.red-ui-editableList').find('.red-ui-editableList-addButton')
}

/** Lets the arrow keys move the rows of the list by their handles, and keeps the focus in the list. */
export function listKeys(list, onMove) {
  const rowOf = event => $(event.currentTarget).closest('li')
  list.on('keydown', '.red-ui-editableList-item-handle', event => {
    if (!move(rowOf(event), event.key)) return
    event.preventDefault()
    onMove()
    // an element that is moved loses the focus; given it again, it tells its new place
    $(event.currentTarget).trigger('focus')
  })
  list.on('click', '.red-ui-editableList-item-remove', event => heirOf(rowOf(event)).trigger('focus'))
}
