import { packed, unpacked } from './packed'

/** The histogram of a tail, as format 3 has it: a Fenwick tree over its bins, which are counted from 1. */
interface Tail3 {
  tree: string
  total: number
}

/** What the anomaly detector `auto` keeps of a key, as format 3 has it, where format 4 differs. */
export interface Auto3 {
  sums: Tail3
  evidence: {
    residual: { tails: Record<'above' | 'below', Tail3> }
    level: {
      tails: Record<'above' | 'below', Tail3>
      before: { ring: string; at: number; isFull: boolean }
    }
    habits: { tail: Tail3; pairs: string; totals: string; recent: number[] }
    shapes: { tail: Tail3; book: string; meetings: string }
  }
}

/** The cumulative histogram of format 4: how many lie in each bin or above it. Its first bin holds the lowest of old, too. */
function cumulative({ tree, total }: Tail3, merged: number): string {
  const counts = unpacked(tree, Float32Array)
  const upTo = (bin: number): number => (bin > 0 ? counts[bin] + upTo(bin & (bin - 1)) : 0)
  return packed(Float32Array.from({ length: counts.length - merged }, (_, i) => total - (i > 0 ? upTo(i + merged) : 0)))
}

const ofSizes = (tail: Tail3): string => cumulative(tail, 8)
const bothOfSizes = ({ above, below }: Record<'above' | 'below', Tail3>): unknown => ({
  above: ofSizes(above),
  below: ofSizes(below)
})

/** The numbers before the newest: of those of the last turn the sums from each to the end. */
function slidingSum({ ring, at, isFull }: Auto3['evidence']['level']['before']): unknown {
  const numbers = new Float64Array(35)
  numbers.set(unpacked(ring, Float64Array))
  const newer = numbers.subarray(0, at).reduce((a, b) => a + b, 0)
  for (let i = numbers.length - 2; i >= at; i--) numbers[i] += numbers[i + 1]
  return { ring: packed(numbers), at, newer, isFull }
}

const single = (text: string): string => packed(Float32Array.from(unpacked(text, Float64Array)))

export function autoToFormat4(state: Auto3): void {
  const { residual, level, habits, shapes } = state.evidence
  const pairs = unpacked(habits.pairs, Uint16Array)
  const totals = unpacked(habits.totals, Float64Array)
  const pairsOf = (i: number): unknown => [
    packed(pairs.slice(i * 1024, (i + 1) * 1024)),
    packed(Float32Array.from(totals.subarray(i * 32, (i + 1) * 32)))
  ]
  Object.assign(state, { sums: cumulative(state.sums, 48) })
  Object.assign(residual, { tails: bothOfSizes(residual.tails) })
  Object.assign(level, { tails: bothOfSizes(level.tails), before: slidingSum(level.before) })
  Object.assign(habits, { tail: ofSizes(habits.tail), afterOne: pairsOf(0), afterFour: pairsOf(1) })
  Object.assign(shapes, { tail: ofSizes(shapes.tail), book: single(shapes.book), meetings: single(shapes.meetings) })
}
