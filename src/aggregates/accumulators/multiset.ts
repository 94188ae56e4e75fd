import type { Accumulation } from '../../aggregate'
import { type Count, isAhead, pop, push } from './ranking'
import { type Key, keyOf, valueOf } from './value-key'

/** How often each value was there. */
export interface Multiset {
  counts: Map<Key, number>
  /**
   * Counts, the mode first; once it was asked for, each change of a count comes in. What no longer is the count of its
   * value is passed over when it comes to the front.
   */
  ranking?: Count[]
}

function change(set: Multiset, key: Key, by: number): void {
  const { counts, ranking } = set
  const n = (counts.get(key) ?? 0) + by
  if (n <= 0) {
    counts.delete(key)
    return
  }
  counts.set(key, n)
  if (ranking === undefined) return
  push(ranking, { key, n })
  // more is passed over than is there: it is made anew when it is asked for
  if (ranking.length > 2 * counts.size + 32) set.ranking = undefined
}

/** The most frequent value, of equals the smallest: neither order nor merging matters. Nothing: `null`. */
export function modeOf(set: Multiset): unknown {
  const { counts } = set
  if (counts.size === 0) return null
  const ranking = (set.ranking ??= Array.from(counts, ([key, n]) => ({ key, n })).sort((a, b) =>
    isAhead(a, b) ? -1 : 1
  ))
  while (counts.get(ranking[0].key) !== ranking[0].n) pop(ranking)
  return valueOf(ranking[0].key)
}

/** Values counted by value. */
export const multiset: Accumulation<Multiset, unknown> = {
  create: () => ({ counts: new Map() }),
  add: (into, value) => change(into, keyOf(value), 1),
  merge(into, other) {
    for (const [key, n] of other.counts) change(into, key, n)
  },
  remove: (from, value) => change(from, keyOf(value), -1),
  removeAll(from, other) {
    for (const [key, n] of other.counts) change(from, key, -n)
  },
  save: ({ counts }) => [...counts],
  load: saved => ({ counts: new Map(saved as [Key, number][]) })
}
