import fc from 'fast-check'
import type { Key } from '#engine/record'
import { type Step, type StepOptions, stepsOf } from './arbitraries'
import { aligned, cumulative, hopping } from './oracle/aligned'
import { counted } from './oracle/counted'
import { everything, most, type Oracle, type Summary, summary } from './oracle/oracle'
import { running } from './oracle/running'
import { type SessionOptions, sessions } from './oracle/sessions'
import { sliding } from './oracle/sliding'
import { utc, wallClock } from './oracle/wall-clock'

/** A node, what it means, and what happens to it. `disorder` is that of its times, ms. */
export interface Case {
  slug: string
  config: Record<string, unknown>
  disorder: number
  steps: Step[]
  /** A new oracle of this node. */
  oracle(): Oracle
}

type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never

const keys: readonly Key[] = ['a', 'b', '__proto__', null]
const none = fc.constant(0)
const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max })

/** Times from 0, from before 1970, and of today in seconds. */
const places = fc.constantFrom(
  { origin: 0, unit: 1 },
  { origin: -30, unit: 1 },
  { origin: 1_711_846_800_000, unit: 1000 }
)

/** What windows of every kind have, in units. */
const common = fc.record({
  lateness: fc.oneof(none, upTo(25)),
  emit: fc.constantFrom<('final' | 'update' | 'every')[]>('final', 'final', 'update', 'every'),
  every: upTo(12),
  disorder: fc.oneof(none, upTo(15)),
  emitEmpty: fc.boolean(),
  offset: fc.integer({ min: -12, max: 12 }),
  isKeyed: fc.constantFrom(true, true, false),
  place: places
})
interface Common extends Drawn<typeof common> {
  unit: number
  summary: Summary
}

interface Kind {
  config: Record<string, unknown>
  oracle(): Oracle
  steps?: Partial<StepOptions>
}

/** Cases of a node whose lengths are drawn from `lengths`. */
function cases<L>(
  slug: string,
  lengths: fc.Arbitrary<L>,
  kindOf: (lengths: L, drawn: Common) => Kind,
  place: fc.Arbitrary<{ origin: number; unit: number }> = places
): fc.Arbitrary<Case> {
  return fc.tuple(lengths, common, place).chain(([lengths, drawn, place]) => {
    const { isKeyed, disorder, lateness, emit, every, emitEmpty } = drawn
    const { unit } = place
    const of = summary(unit === 1 ? everything : most, isKeyed || slug === 'stats')
    const { aggregates } = of
    const { config, steps, oracle } = kindOf(lengths, { ...drawn, unit, summary: of })
    const keyType = isKeyed ? 'msg' : 'none'
    const all = { keyType, lateness: lateness * unit, emit, every: every * unit, emitEmpty, ...config }
    return stepsOf({ ...place, keys: isKeyed ? keys : [null], ...steps }).map(steps => ({
      slug,
      config: { key: 'payload.k', aggregates, ...all },
      disorder: disorder * unit,
      steps,
      oracle,
      [fc.toStringMethod]: () =>
        `${slug} ${JSON.stringify(all)}, ${disorder * unit} ms of disorder: ${JSON.stringify(steps)}`
    }))
  })
}

const inMs = ({ lateness, emit, every, unit, summary }: Common): Omit<SessionOptions, 'gap'> => ({
  lateness: lateness * unit,
  emit,
  every: every * unit,
  summary
})

const size = upTo(8)
/** Some of which make room for more than at first. */
const lengths = fc.oneof(upTo(6), upTo(30))
const sizes = fc.record({ slide: upTo(8), times: upTo(4) })

/** Windows that lie on a grid of `slide`, by the clock of a zone. */
function grid(windowType: string, { slide, times }: Drawn<typeof sizes>, drawn: Common, timezone = 'UTC'): Kind {
  const { unit } = drawn
  const step = slide * unit
  const size = times * step
  const offset = drawn.offset * unit
  const config = { windowType, size, offset, timezone }
  const all = { slide: step, clock: timezone === 'UTC' ? utc : wallClock(timezone), ...inMs(drawn) }
  if (windowType === 'cumulative')
    // only tumbling and hopping windows are ever sent empty
    return {
      config: { ...config, step },
      oracle: () => aligned({ windowsOf: cumulative(size, step, offset), emitEmpty: false, ...all })
    }
  return {
    config: { ...config, slide: step },
    oracle: () => aligned({ windowsOf: hopping(size, step, offset), emitEmpty: drawn.emitEmpty, ...all })
  }
}

export const tumblingCases = cases('time-window', size, (slide, drawn) => grid('tumbling', { slide, times: 1 }, drawn))
export const hoppingCases = cases('time-window', sizes, (sizes, drawn) => grid('hopping', sizes, drawn))
export const cumulativeCases = cases('time-window', sizes, (sizes, drawn) => grid('cumulative', sizes, drawn))

export const sessionCases = cases('time-window', size, (gap, drawn) => ({
  config: { windowType: 'session', gap: gap * drawn.unit },
  oracle: () => sessions({ gap: gap * drawn.unit, ...inMs(drawn) })
}))

export const slidingCases = cases('time-window', lengths, (size, { unit, summary }) => ({
  config: { windowType: 'sliding', size: size * unit },
  oracle: () => sliding(size * unit, summary)
}))

const minute = 60_000
/** Zones with a moment at which their clocks are put forward or back. */
const changes = fc.constantFrom(
  ['Europe/Berlin', '2024-03-31T01:00Z'],
  ['Europe/Berlin', '2024-10-27T01:00Z'],
  ['America/New_York', '2024-03-10T07:00Z'],
  ['America/New_York', '2024-11-03T06:00Z'],
  ['America/St_Johns', '2024-03-10T05:30Z'],
  // at midnight, so that a day begins at 1:00
  ['America/Sao_Paulo', '2018-11-04T03:00Z'],
  ['America/Sao_Paulo', '2019-02-17T02:00Z'],
  // by half an hour
  ['Australia/Lord_Howe', '2024-04-06T15:00Z'],
  ['Australia/Lord_Howe', '2024-10-05T15:30Z'],
  // by two hours
  ['Antarctica/Troll', '2024-03-31T01:00Z'],
  ['Antarctica/Troll', '2024-10-27T01:00Z'],
  // never
  ['Asia/Kathmandu', '2024-03-31T01:00Z']
)

/** Windows of minutes, hours or days around a change of the clock. */
export const calendarCases = fc
  .tuple(changes, fc.constantFrom(10, 30, 60, 360, 1440), fc.constantFrom('tumbling', 'hopping', 'cumulative'))
  .chain(([[timezone, change], minutes, windowType]) => {
    const unit = minutes * minute
    const origin = Date.parse(change) - 20 * unit
    const ofSize = windowType === 'tumbling' ? size.map(slide => ({ slide, times: 1 })) : sizes
    return cases(
      'time-window',
      ofSize,
      (sizes, drawn) => grid(windowType, sizes, drawn, timezone),
      fc.constant({ origin, unit })
    )
  })

export const countCases = cases(
  'count-window',
  fc.record({ size: lengths, slide: upTo(8), partial: fc.boolean(), timeout: fc.oneof(none, upTo(30)) }),
  ({ timeout, ...lengths }, { summary }) => ({
    config: { ...lengths, timeout: timeout || '' },
    oracle: () => counted({ ...lengths, timeout: timeout || Infinity, summary }),
    steps: { isOrdered: true, hasClock: true }
  })
)

export const statsCases = cases(
  'stats',
  fc.record({
    scope: fc.constantFrom<('all' | 'count' | 'time')[]>('all', 'count', 'time'),
    size: lengths,
    emit: fc.constantFrom<('each' | 'count' | 'time')[]>('each', 'count', 'time'),
    every: upTo(8)
  }),
  (config, { summary }) => ({
    config: { value: 'payload.v', ...config },
    oracle: () => running({ ...config, summary }),
    // the value before the last so many records is that before the first of them
    steps: { isOrdered: config.scope === 'count' }
  }),
  fc.constant({ origin: 0, unit: 1 })
)
