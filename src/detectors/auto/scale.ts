const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
/** Where a double has its exponent: in the second word, as all machines that run Node.js store it. */
const high = 1
const mantissaBits = 20
const bias = 1023

/**
 * Bins of sizes from 2^`from` to 2^`to`, each octave in 2^`bits` equal parts. The first bits of a double are its octave
 * and the part of it, so that no logarithm is taken.
 */
export class Scale {
  readonly bins: number
  /** Bin i reaches from `edges[i]` to `edges[i + 1]`. */
  readonly edges: Float64Array
  private readonly shift: number
  private readonly first: number

  constructor(from: number, to: number, bits: number) {
    const parts = 1 << bits
    this.bins = (to - from) * parts
    this.shift = mantissaBits - bits
    this.first = (from + bias) << bits
    this.edges = Float64Array.from(
      { length: this.bins + 1 },
      (_, i) => 2 ** (from + (i >> bits)) * (1 + (i % parts) / parts)
    )
    this.edges[0] = 0
  }

  /** Sizes outside the scale fall into its outermost bins. */
  binOf(size: number): number {
    if (!(size > 0)) return 0
    double[0] = size
    const bin = (words[high] >>> this.shift) - this.first
    return bin < 0 ? 0 : bin < this.bins ? bin : this.bins - 1
  }
}
