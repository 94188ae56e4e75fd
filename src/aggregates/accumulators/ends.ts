import { type Accumulation, isBefore, type Sighting } from '../../aggregate'

/** The first and the last value by event time, ties by arrival; both `null` while there is none. */
export interface Ends {
  first: Sighting | null
  last: Sighting | null
}

/** First and last. */
export const ends: Accumulation<Ends, unknown> = {
  create: () => ({ first: null, last: null }),
  add(into, value, time, arrival) {
    const { first, last } = into
    if (first === null || time < first.time || (time === first.time && arrival < first.arrival)) {
      into.first = { value, time, arrival }
    }
    if (last === null || time > last.time || (time === last.time && arrival > last.arrival)) {
      into.last = { value, time, arrival }
    }
  },
  merge(into, { first, last }) {
    if (first === null || last === null) return
    if (into.first === null || isBefore(first, into.first)) into.first = first
    if (into.last === null || isBefore(into.last, last)) into.last = last
  }
}
