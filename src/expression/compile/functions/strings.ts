import { fail } from '../errors'
import { toText } from '../types'
import { type Builtin, ofDefined } from './builtin'

/** Characters count as code points. */
const characters = (text: string): string[] => [...text]

function substring(text: string, start: number, length?: number): string {
  const all = characters(text)
  const from = all.length + start < 0 ? 0 : start
  if (length === undefined) return all.slice(from).join('')
  if (length <= 0) return ''
  return all.slice(from, from >= 0 ? from + length : all.length + from + length).join('')
}

function before(text: string, mark: string): string {
  const at = text.indexOf(mark)
  return at < 0 ? text : text.substring(0, at)
}

function after(text: string, mark: string): string {
  const at = text.indexOf(mark)
  return at < 0 ? text : text.substring(at + mark.length)
}

/** To the right where `width` is positive, to the left where it is negative. */
function pad(text: string, width: number, filling: string | undefined, isRecent: boolean): string {
  const whole = Math.trunc(width)
  const missing = Math.abs(isRecent ? whole : width) - characters(text).length
  if (!(missing > 0)) return text
  if (!Number.isInteger(missing)) throw new RangeError('the width of $pad must be an integer')
  const padding = substring((filling || ' ').repeat(missing), 0, missing)
  return whole > 0 ? text + padding : padding + text
}

function trim(text: string): string {
  return text.replace(/[ \t\n\r]+/g, ' ').replace(/^ | $/g, '')
}

function url(name: string, convert: (text: string) => string): Builtin {
  return ofDefined('<s-:s>', 1, (text: string) => {
    try {
      return convert(text)
    } catch (error) {
      if (error instanceof RangeError) throw error
      return fail('D3140', { value: text, functionName: name })
    }
  })
}

export const strings: Record<string, Builtin> = {
  string: {
    signature: '<x-b?:s>',
    arity: 1,
    run: ([value, isPretty], { isRecent }) =>
      value === undefined ? undefined : toText(value, isRecent, isPretty as boolean | undefined)
  },
  substring: ofDefined('<s-nn?:s>', 3, substring, true),
  substringBefore: ofDefined('<s-s:s>', 2, before, true),
  substringAfter: ofDefined('<s-s:s>', 2, after, true),
  lowercase: ofDefined('<s-:s>', 1, (text: string) => text.toLowerCase()),
  uppercase: ofDefined('<s-:s>', 1, (text: string) => text.toUpperCase()),
  length: ofDefined('<s-:n>', 1, (text: string) => characters(text).length),
  trim: ofDefined('<s-:s>', 1, trim),
  pad: {
    signature: '<s-ns?:s>',
    arity: 3,
    run: ([text, width, filling], { isRecent }) =>
      text === undefined ? undefined : pad(text as string, width as number, filling as string | undefined, isRecent)
  },
  join: ofDefined('<a<s>s?:s>', 2, (texts: string[], separator = '') => texts.join(separator as string), true),
  base64encode: ofDefined('<s-:s>', 1, (text: string) => Buffer.from(text, 'binary').toString('base64')),
  base64decode: ofDefined('<s-:s>', 1, (text: string) => Buffer.from(text, 'base64').toString('binary')),
  encodeUrlComponent: url('encodeUrlComponent', encodeURIComponent),
  encodeUrl: url('encodeUrl', encodeURI),
  decodeUrlComponent: url('decodeUrlComponent', decodeURIComponent),
  decodeUrl: url('decodeUrl', decodeURI)
}
