import fc from 'fast-check'
import type { Key } from '#engine/record'
import type { Rec } from './oracle/oracle'

/** What happens to a node. */
export type Step =
  | { record: Rec }
  /** A record that is refused: its time or its value is none. */
  | { bad: { ts: unknown; v: unknown } }
  | { watermark: number }
  | { flush: true }
  /** Of one key, or of all where it is undefined. */
  | { reset: Key | undefined }
  /** The node is restarted from its snapshot. */
  | { restart: true }
  /** The wall clock goes on; a node that is asleep is not woken when it asked for it. */
  | { pass: number; isAsleep: boolean }

export interface StepOptions {
  /** Times are whole units from here. */
  origin: number
  unit: number
  keys: readonly Key[]
  /** Do records come in order of time? */
  isOrdered?: boolean
  /** Does the wall clock go on? */
  hasClock?: boolean
}

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max })
const mostly = <A, B>(usual: fc.Arbitrary<A>, weight: number, other: fc.Arbitrary<B>): fc.Arbitrary<A | B> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: other })

/**
 * Records around a time that goes on, now and then by much; some are behind it. As units are few, many times are equal or
 * at an edge of a window; where a unit is longer, some are a millisecond beside it.
 */
export function stepsOf({ origin, unit, keys, isOrdered, hasClock }: StepOptions): fc.Arbitrary<Step[]> {
  const record = fc.record({
    advance: mostly(upTo(4), 6, fc.integer({ min: 5, max: 60 })),
    behind: isOrdered ? fc.constant(0) : mostly(fc.constant(0), 1, upTo(25)),
    beside: unit === 1 || isOrdered ? fc.constant(0) : fc.constantFrom(0, 0, 0, -1, 1),
    // the first more often, so that one key has many records
    key: fc.oneof(fc.constant(keys[0]), fc.constantFrom(...keys)),
    v: mostly(fc.integer({ min: -9, max: 99 }), 8, fc.constant(null)),
    topic: mostly(fc.constant('t'), 12, fc.constantFrom('u', null))
  })
  const named = keys.filter(key => key !== null)
  const other: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.constant({ restart: true as const }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom({ bad: { ts: 'soon', v: 1 } }, { bad: { ts: origin + 1e6 * unit, v: 'n/a' } })
    },
    { weight: 2, arbitrary: fc.integer({ min: -10, max: 60 }).map(time => ({ watermark: origin + time * unit })) },
    { weight: 1, arbitrary: fc.constant({ flush: true as const }) },
    { weight: 1, arbitrary: fc.constantFrom({ reset: undefined }, ...named.map(key => ({ reset: key }))) }
  )
  const clock = fc.record({ pass: upTo(20), isAsleep: fc.boolean() })
  const between = hasClock ? fc.oneof(other, clock, clock, clock) : other
  return fc.array(mostly(record, hasClock ? 2 : 9, between), { maxLength: 50 }).map(drawn => {
    let time = 0
    return drawn.map((step, id): Step => {
      if (!('advance' in step)) return step
      const { advance, behind, beside, ...rest } = step
      time += advance
      return { record: { id, time: origin + (time - behind) * unit + beside, ...rest } }
    })
  })
}
