const [fewestSlots, mostSlots] = [1 << 8, 1 << 16]
const longest = 40

/**
 * The strings seen lately, by their ASCII bytes. Keys and names come back row after row: handing out the same string
 * again saves making it, and a string that has been a key of a Map before need not be hashed again. Memory is bounded:
 * a newer string takes the slot of an older one; where that happens often there are more slots, up to 65,536.
 */
export class StringCache {
  private mask = 0
  private texts: string[] = []
  private lengths = new Uint8Array(0)
  private bytes = new Uint8Array(0)
  private misses = 0

  constructor() {
    this.allocate(fewestSlots)
  }

  private allocate(slots: number): void {
    this.mask = slots - 1
    this.texts = new Array<string>(slots).fill('')
    this.lengths = new Uint8Array(slots)
    this.bytes = new Uint8Array(slots * longest)
    this.misses = 0
  }

  /** The string of the ASCII bytes in [from, to), whose hash is `hash` (any hash that is the same for the same bytes). */
  get(source: Buffer, from: number, to: number, hash: number): string {
    const length = to - from
    if (length > longest) return source.toString('latin1', from, to)
    const slot = (hash ^ (hash >>> 16)) & this.mask
    const { bytes } = this
    const start = slot * longest
    if (this.lengths[slot] === length) {
      let i = 0
      while (i < length && bytes[start + i] === source[from + i]) i++
      if (i === length) return this.texts[slot]
    }
    return this.make(source, from, to, slot)
  }

  private make(source: Buffer, from: number, to: number, slot: number): string {
    const text = source.toString('latin1', from, to)
    if (++this.misses > 2 * this.texts.length && this.texts.length < mostSlots) this.allocate(4 * this.texts.length)
    else {
      this.bytes.set(source.subarray(from, to), slot * longest)
      this.lengths[slot] = to - from
      this.texts[slot] = text
    }
    return text
  }
}
