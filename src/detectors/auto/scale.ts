/** Bins of sizes, counted from 1; `edges[i - 1]`..`edges[i]` is bin i. */
export interface Scale {
  readonly bins: number
  readonly edges: Float64Array
  /** Sizes outside the scale fall into its outermost bins. */
  binOf(size: number): number
}

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
/** Where a double has its exponent: in the second word, as all machines that run Node.js store it. */
const high = 1
const mantissaBits = 20
const bias = 1023

/**
 * Sizes from 2^`from` to 2^`to`, each octave in 2^`bits` equal parts. The first bits of a double are its octave and the
 * part of it, so that no logarithm is taken.
 */
export function octaves(from: number, to: number, bits: number): Scale {
  const parts = 1 << bits
  const bins = (to - from) * parts
  const shift = mantissaBits - bits
  const first = (from + bias) << bits
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => 2 ** (from + (i >> bits)) * (1 + (i % parts) / parts))
  edges[0] = 0
  return {
    bins,
    edges,
    binOf(size) {
      if (!(size > 0)) return 1
      double[0] = size
      const bin = 1 + (words[high] >>> shift) - first
      return bin < 1 ? 1 : bin > bins ? bins : bin
    }
  }
}
