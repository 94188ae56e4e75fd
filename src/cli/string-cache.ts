const slotBits = 16
const slotSize = 64
/** A slot begins with the length. */
const longest = slotSize - 1

/**
 * The strings seen lately, by their ASCII bytes. Keys and names come back row after row: handing out the same string
 * again saves making it, and a Map finds a string that is its key, not just equal to it, many times faster. Memory is
 * bounded: a newer string takes the slot of an older one.
 */
export class StringCache {
  private readonly texts = new Array<string>(1 << slotBits).fill('')
  private readonly bytes = new Uint8Array(slotSize << slotBits)

  /** The string of the ASCII bytes in [from, to), whose hash is `hash` (any hash that is the same for the same bytes). */
  get(source: Buffer, from: number, to: number, hash: number): string {
    const length = to - from
    if (length > longest) return source.toString('latin1', from, to)
    // D. E. Knuth's multiplicative hashing: names that are alike get slots far apart
    const slot = Math.imul(hash, 0x9e3779b1) >>> (32 - slotBits)
    const { bytes } = this
    const start = slot * slotSize + 1
    if (bytes[start - 1] === length) {
      let i = 0
      while (i < length && bytes[start + i] === source[from + i]) i++
      if (i === length) return this.texts[slot]
    }
    const text = source.toString('latin1', from, to)
    bytes[start - 1] = length
    bytes.set(source.subarray(from, to), start)
    return (this.texts[slot] = text)
  }
}
