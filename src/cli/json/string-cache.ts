const slotBits = 16
const longest = 63

/**
 * The strings seen lately, by their ASCII bytes. Keys and names come back row after row: handing out the same string
 * again saves making it, and a Map finds a string that is its key, not just equal to it, many times faster. Memory is
 * bounded: a newer string takes the slot of an older one.
 */
export class StringCache {
  private readonly texts = new Array<string>(1 << slotBits).fill('')

  /** The string of the ASCII bytes in [from, to), whose hash is `hash` (any hash that is the same for the same bytes). */
  get(source: Buffer, from: number, to: number, hash: number): string {
    const length = to - from
    if (length > longest) return source.toString('latin1', from, to)
    // D. E. Knuth's multiplicative hashing: names that are alike get slots far apart
    const slot = Math.imul(hash, 0x9e3779b1) >>> (32 - slotBits)
    const found = this.texts[slot]
    if (isAt(found, source, from, length)) return found
    return (this.texts[slot] = source.toString('latin1', from, to))
  }
}

/** Are these the `length` bytes that begin at `from`? The text will be needed anyway: it costs no memory beside it. */
function isAt(text: string, source: Buffer, from: number, length: number): boolean {
  if (text.length !== length) return false
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== source[from + i]) return false
  return true
}
