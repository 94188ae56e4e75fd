import type { Accumulation } from '../aggregate'

/** The topic of the newest records, how many of them in a row have it, and how many records there are in all. */
export interface Topics {
  /** `false`: it is no text. */
  topic: unknown
  run: number
  all: number
}

/** The topic that all records share; `undefined` where they share none. */
export const sharedBy = ({ topic, run, all }: Topics): string | undefined =>
  run >= all && typeof topic === 'string' ? topic : undefined

function see(into: Topics, topic: unknown, run: number, all: number): void {
  const goesOn = run === all && into.topic === topic
  into.run = goesOn ? into.run + run : run
  into.topic = topic
  into.all += all
}

/**
 * What results without a key are called by; a record without a topic makes the topic nobody's. Records leave in the order
 * in which they came, so that the newest of one topic are all there are once the others have left.
 */
export const sharedTopic: Accumulation<Topics, unknown> = {
  create: () => ({ topic: false, run: 0, all: 0 }),
  add: (into, topic) => see(into, topic, 1, 1),
  merge: (into, { topic, run, all }) => see(into, topic, Math.min(run, all), all),
  remove(from) {
    from.all--
  },
  removeAll(from, { all }) {
    from.all -= all
  }
}
