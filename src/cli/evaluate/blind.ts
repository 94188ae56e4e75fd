/** mulberry32, so that the blind guess is the same each time. */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Rows between two alarms of the metronome. */
const beat = 400

interface Blind {
  name: string
  scoresOf(rows: number, seed: number): Float64Array
  /** Its alarms have at least this score; absent: to be chosen. */
  threshold?: number
}

/** Detectors that do not look at the data: what is not better than they are has found nothing. */
export const blind: readonly Blind[] = [
  {
    name: 'random',
    scoresOf: (rows, seed) => Float64Array.from({ length: rows }, random(seed))
  },
  {
    name: `metronome, every ${beat} rows`,
    scoresOf: rows => Float64Array.from({ length: rows }, (_, i) => (i % beat === beat - 1 ? 1 : 0)),
    threshold: 1
  }
]
