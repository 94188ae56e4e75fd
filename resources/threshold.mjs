// How sure an alarm must be: a number in the method's unit or, for `auto`, a slider of how rare an alarm may be.
import { tell } from './marks.mjs'

const $ = globalThis.$
const stops = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000]

/** One alarm in `n` normal records <-> threshold: 10000 <-> 0.9999. */
const thresholdOf = n => String(Number((1 - 1 / n).toFixed(7)))
const rarityOf = threshold => Math.round(1 / (1 - threshold))

function nearestStop(threshold) {
  const distance = n => Math.abs(Math.log(n) - Math.log(Math.max(rarityOf(threshold), 1)))
  return stops.reduce((best, n, i) => (distance(n) < distance(stops[best]) ? i : best), 0)
}

/** A threshold of one method means nothing to another: choosing one empties the number. */
function forgetOtherUnits(select, number) {
  let method = select.val()
  select.on('change', () => {
    // Node-RED says 'change' when a dialog opens, too
    if (select.val() !== method) number.val('')
    method = select.val()
  })
}

/** Draws number and slider; `update(values)` afterwards shows the one that the method needs. */
export function thresholdInput(cell, { id, row, saved, say }) {
  const number = $('<input>', { id, type: 'text' }).attr('autocomplete', 'off').val(saved[row.name]).appendTo(cell)
  const unit = $('<span>', { class: 'stream-unit' }).appendTo(cell)
  const slider = $('<input>', {
    type: 'range',
    min: 0,
    max: stops.length - 1,
    'aria-label': say(`field.${row.name}`)
  }).appendTo(cell)
  const rarity = $('<output>', { for: id, class: 'stream-unit' }).appendTo(cell)
  slider.on('input', () => number.val(thresholdOf(stops[slider.val()])).trigger('input'))
  forgetOtherUnits($(`#${$.escapeSelector(id.replace(row.name, 'method'))}`), number)
  cell.data('update', ({ method, threshold }) => {
    const isAuto = method === 'auto'
    const given = threshold === '' ? 0.9999 : Number(threshold)
    cell.toggleClass('stream-rarity', isAuto)
    slider.add(rarity).toggle(isAuto)
    unit.toggle(!isAuto).text(isAuto ? '' : say(`unit.${method}`))
    number.attr('placeholder', isAuto ? '0.9999' : say(`usual.${method}`))
    const isRare = isAuto && given > 0 && given < 1
    const words = isRare ? say('rarity', { n: rarityOf(given).toLocaleString() }) : ''
    tell(rarity, words)
    if (isRare) slider.val(nearestStop(given)).attr('aria-valuetext', words)
  })
}
