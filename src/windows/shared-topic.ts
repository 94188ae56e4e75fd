import type { Accumulation } from '../aggregate'

/** The topic that all records share. `undefined`: no record yet; `null`: more than one, or one that is no text. */
export interface Topic {
  topic?: string | null
}

const see = (into: Topic, topic: unknown): void => {
  if (into.topic === undefined) into.topic = typeof topic === 'string' ? topic : null
  else if (into.topic !== topic) into.topic = null
}

/** What results without a key are called by. A record without a topic makes the topic nobody's. */
export const sharedTopic: Accumulation<Topic, unknown> = {
  create: () => ({}),
  add: see,
  merge(into, { topic }) {
    if (topic !== undefined) see(into, topic)
  }
}
