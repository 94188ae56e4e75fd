// The card in a dialog that shows what the settings do, and the message that comes of it.
import { sampleKey } from './common.mjs'
import { tell } from './marks.mjs'
import { zoneOf } from './offers.mjs'
import { pretty } from './preview.mjs'
import { anomaly } from './pictures/anomaly.mjs'
import { countWindow } from './pictures/count-window.mjs'
import { join } from './pictures/join.mjs'
import { stats } from './pictures/stats.mjs'
import { timeWindow } from './pictures/time-window.mjs'
import { shared } from './words.mjs'

const $ = globalThis.$
const pictures = { anomaly, countWindow, join, stats, timeWindow }

/** What the preview is made of, by the doubt there is about the settings. */
const hints = {
  missing: 'preview.missing',
  wrong: 'preview.wrong',
  environment: 'preview.environment',
  expression: 'preview.expression'
}

/** Draws the card `above`, and `below` the message; returns show(values, doubt). */
export function illustration({ above, below }, name, say) {
  const card = $('<figure>', { class: 'stream-picture' }).appendTo(above)
  const drawing = $('<div>').appendTo(card)
  const caption = $('<figcaption>', { 'aria-live': 'polite' }).appendTo(card)
  $('<div>', { class: 'stream-title', text: shared('preview.title') }).appendTo(below)
  const code = $('<pre>', { class: 'stream-preview' }).appendTo(below)
  const hint = $('<div>', { class: 'stream-hint', role: 'status' }).appendTo(below)
  return (values, doubt) => {
    const {
      drawing: svg,
      caption: words,
      hasSends,
      message
    } = pictures[name]({ ...values, key: sampleKey(values), timezone: zoneOf(values) }, say)
    drawing.html(svg)
    tell(caption, hasSends ? `${words} ▲ ${shared('picture.sent')}` : words)
    code.text(pretty(message))
    tell(hint, shared(hints[doubt] ?? 'preview.hint'))
    drawing.add(code).toggleClass('stream-doubtful', doubt === 'wrong')
  }
}
