import fc from 'fast-check'
import type { Key } from '#engine/record'
import { aligned, cumulative, hopping } from './oracle/aligned'
import { type Oracle, type Rec } from './oracle/oracle'
import { sessions } from './oracle/sessions'
import { sliding } from './oracle/sliding'
import { utc } from './oracle/wall-clock'

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

export const isRecord = (step: Step): step is { record: Rec } => 'record' in step

/**
 * Records around a time that goes on now and then, some of them behind it. Times are whole units from `origin`, so that
 * many are equal or at an edge of a window; `edge` moves some of them by a millisecond where a unit is longer.
 */
export function stepsOf({
  origin,
  unit,
  keys
}: {
  origin: number
  unit: number
  keys: readonly Key[]
}): fc.Arbitrary<Step[]> {
  const record = fc.record({
    advance: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }) },
      { weight: 1, arbitrary: fc.integer({ min: 5, max: 60 }) }
    ),
    behind: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 25 }) }
    ),
    edge: unit === 1 ? fc.constant(0) : fc.constantFrom(0, 0, 0, -1, 1),
    key: fc.constantFrom(...keys),
    v: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -9, max: 99 }) }, { weight: 1, arbitrary: fc.constant(null) })
  })
  const other = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>({ restart: true }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Step>({ bad: { ts: 'soon', v: 1 } }, { bad: { ts: origin + 1e6 * unit, v: 'n/a' } })
    },
    {
      weight: 2,
      arbitrary: fc.integer({ min: -10, max: 60 }).map((time): Step => ({ watermark: origin + time * unit }))
    },
    { weight: 1, arbitrary: fc.constant<Step>({ flush: true }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Step>(
        { reset: undefined },
        ...keys.filter(key => key !== null).map(key => ({ reset: key }))
      )
    }
  )
  const steps = fc.array(fc.oneof({ weight: 9, arbitrary: record }, { weight: 1, arbitrary: other }), { maxLength: 50 })
  return steps.map(drawn => {
    let time = 0
    return drawn.map((step, id): Step => {
      if (!('advance' in step)) return step
      const { advance, behind, edge, key, v } = step
      time += advance
      return { record: { id, time: origin + (time - behind) * unit + edge, key, v } }
    })
  })
}

/** A window under test: the node's configuration, what it means, and the steps that it is given. */
export interface Case {
  config: Record<string, unknown>
  disorder: number
  /** Made anew for each run. */
  oracle(): Oracle
  steps: Step[]
}

/** Where times begin, and how long a unit of all durations is. */
const places = fc.constantFrom(
  { origin: 0, unit: 1 },
  { origin: -30, unit: 1 },
  { origin: 1_711_846_800_000, unit: 1000 }
)
const keys: readonly Key[] = ['a', 'b', '__proto__', null]

const when = fc.record({
  lateness: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 25 })),
  emit: fc.constantFrom('final' as const, 'final' as const, 'update' as const, 'every' as const),
  every: fc.integer({ min: 1, max: 12 }),
  emitEmpty: fc.boolean(),
  offset: fc.integer({ min: -12, max: 12 }),
  disorder: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 15 })),
  keyType: fc.constantFrom('msg', 'msg', 'none'),
  place: places
})
type When = typeof when extends fc.Arbitrary<infer T> ? T : never

/** Cases of one kind of window: `lengths` are drawn, `of` tells what they mean, both in units. */
function cases<L>(
  lengths: fc.Arbitrary<L>,
  of: (lengths: L, when: When, unit: number) => { config: object; oracle(): Oracle }
): fc.Arbitrary<Case> {
  return fc.tuple(lengths, when).chain(([lengths, when]) => {
    const { keyType, disorder, lateness, emit, every, emitEmpty, place } = when
    const { unit } = place
    const { config, oracle } = of(lengths, when, unit)
    return stepsOf({ ...place, keys: keyType === 'none' ? [null] : keys }).map(steps => ({
      config: {
        key: 'payload.k',
        keyType,
        lateness: lateness * unit,
        emit,
        every: every * unit,
        emitEmpty,
        ...config
      },
      disorder: disorder * unit,
      oracle,
      steps
    }))
  })
}

const inUnits = (when: When, unit: number) => ({
  lateness: when.lateness * unit,
  emit: when.emit,
  every: when.every * unit
})

const small = fc.integer({ min: 1, max: 8 })

export const tumblingCases = cases(small, (size, when, unit) => ({
  config: { windowType: 'tumbling', size: size * unit, offset: when.offset * unit },
  oracle: () =>
    aligned({
      windowsOf: hopping(size * unit, size * unit, when.offset * unit),
      slide: size * unit,
      clock: utc,
      emitEmpty: when.emitEmpty,
      ...inUnits(when, unit)
    })
}))

export const hoppingCases = cases(
  fc.record({ slide: small, times: fc.integer({ min: 1, max: 4 }) }),
  ({ slide, times }, when, unit) => ({
    config: { windowType: 'hopping', size: times * slide * unit, slide: slide * unit, offset: when.offset * unit },
    oracle: () =>
      aligned({
        windowsOf: hopping(times * slide * unit, slide * unit, when.offset * unit),
        slide: slide * unit,
        clock: utc,
        emitEmpty: when.emitEmpty,
        ...inUnits(when, unit)
      })
  })
)

export const cumulativeCases = cases(
  fc.record({ step: small, times: fc.integer({ min: 1, max: 4 }) }),
  ({ step, times }, when, unit) => ({
    config: { windowType: 'cumulative', size: times * step * unit, step: step * unit, offset: when.offset * unit },
    oracle: () =>
      aligned({
        windowsOf: cumulative(times * step * unit, step * unit, when.offset * unit),
        slide: step * unit,
        clock: utc,
        // only tumbling and hopping windows are ever sent empty
        emitEmpty: false,
        ...inUnits(when, unit)
      })
  })
)

export const sessionCases = cases(small, (gap, when, unit) => ({
  config: { windowType: 'session', gap: gap * unit },
  oracle: () => sessions({ gap: gap * unit, ...inUnits(when, unit) })
}))

export const slidingCases = cases(small, (size, _when, unit) => ({
  config: { windowType: 'sliding', size: size * unit },
  oracle: () => sliding(size * unit)
}))
