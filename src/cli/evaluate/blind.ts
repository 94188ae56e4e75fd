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
export const beat = 400

/** Detectors that do not look at the data: what is not better than they are has found nothing. */
export const blind: Readonly<Record<string, (rows: number, seed: number) => Float64Array>> = {
  random(rows, seed) {
    const next = random(seed)
    return Float64Array.from({ length: rows }, next)
  },
  metronome: rows => Float64Array.from({ length: rows }, (_, i) => (i % beat === beat - 1 ? 1 : 0))
}
