// SVG as text. Colours are classes of editor.css, so that a picture follows the theme.
export const width = 480

const escape = text => String(text).replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
const round = value => (typeof value === 'number' ? Math.round(value * 10) / 10 : value)

export function tag(name, attributes, ...children) {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(round(value))}"`)
  return `<${name}${list.join('')}>${children.flat().join('')}</${name}>`
}

export const line = (x1, y1, x2, y2, style) => tag('line', { x1, y1, x2, y2, class: style })
export const rect = (x, y, w, height, style) =>
  tag('rect', { x, y, width: Math.max(w, 0), height, rx: 3, class: style })
export const dot = (cx, cy, style, r) => tag('circle', { cx, cy, r, class: style })
export const words = (x, y, text, style = '', anchor = 'start') =>
  tag('text', { x, y, class: `stream-words ${style}`, 'text-anchor': anchor }, escape(text))
/** Words on a bar from `x1` to `x2`, or beside it where it is too short for them. */
export function barWords(x1, x2, y, text) {
  const length = 5.6 * String(text).length
  if (length <= x2 - x1) return words((x1 + x2) / 2, y, text, 'stream-small', 'middle')
  const isRoomBehind = x2 + 5 + length <= width
  return isRoomBehind ? words(x2 + 5, y, text, 'stream-small') : words(x1 - 5, y, text, 'stream-small', 'end')
}
export const path = (points, style) =>
  tag('path', { d: points.map(([x, y], i) => `${i ? 'L' : 'M'}${round(x)} ${round(y)}`).join(''), class: style })

/** A small triangle under `x`: here a result is sent. */
export const sent = (x, y) => tag('path', { d: `M${round(x)} ${round(y)}l4 7h-8z`, class: 'stream-sent' })

/** A picture with words for those who cannot see it. */
export const picture = (height, description, ...parts) =>
  tag(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': description },
    tag('title', {}, escape(description)),
    ...parts
  )

/** time (or anything) in [from, to] -> x in the drawing. */
export const scale =
  (from, to, left = 10, right = width - 10) =>
  value =>
    left + ((value - from) / (to - from)) * (right - left)
