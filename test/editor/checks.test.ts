import assert from 'node:assert/strict'
import { parseDuration } from '#engine/time/duration'
import {
  type Declaration,
  declarations,
  editorGlobals,
  editorModule,
  newValues,
  type Problem,
  type Row,
  type Values
} from './editor-files'

interface Checks {
  problemOf(row: Row, values: Values): Problem | undefined
  isShown(row: Row, values: Values): boolean
  doubtOf(rows: Row[], values: Values): string | undefined
  isAskedFor(row: Row, values: Values): boolean
  isInMilliseconds(row: Row, values: Values): boolean
}

interface Defaults {
  defaultsOf(rows: Row[], say: (key: string) => string): Record<string, { validate: (this: Values) => unknown }>
}

/** node type -> values -> the keys of the problems of its fields. */
const cases: [type: string, values: Values, problems: Record<string, string>][] = [
  ['stream-time-window', { size: 'soon' }, { size: 'duration' }],
  ['stream-time-window', { size: '' }, { size: 'missing' }],
  ['stream-time-window', { size: '0s' }, { size: 'zero' }],
  ['stream-time-window', { size: '-5m' }, { size: 'negative' }],
  ['stream-time-window', { size: '0.0001ms' }, { size: 'duration' }],
  ['stream-time-window', { size: '${SIZE}', lateness: '$(LATE)' }, {}],
  ['stream-time-window', { size: '1.5 h', offset: '-8h' }, {}],
  ['stream-time-window', { windowType: 'hopping', size: '5m', slide: '2m' }, { size: 'multiple' }],
  ['stream-time-window', { windowType: 'hopping', size: '5m', slide: '${SLIDE}' }, {}],
  ['stream-time-window', { windowType: 'tumbling', size: '5m', slide: 'nonsense' }, {}],
  ['stream-time-window', { windowType: 'cumulative', size: '1h', step: '7m' }, { size: 'multiple' }],
  ['stream-time-window', { windowType: 'session', size: 'hidden', gap: '' }, { gap: 'missing' }],
  ['stream-time-window', { windowType: 'spiral' }, { windowType: 'choice' }],
  ['stream-time-window', { timezone: 'Mars/Olympus' }, { timezone: 'timezone' }],
  ['stream-time-window', { timezone: 'Asia/Taipei' }, {}],
  ['stream-time-window', { emit: 'every', every: '' }, { every: 'missing' }],
  ['stream-time-window', { aggregates: [] }, {}],
  ['stream-time-window', { aggregates: [{ fn: 'most' }] }, { aggregates: 'function' }],
  ['stream-time-window', { aggregates: [{ fn: 'percentile', arg: '101' }] }, { aggregates: 'percent' }],
  ['stream-time-window', { aggregates: [{ fn: 'percentile', arg: '' }] }, { aggregates: 'percent' }],
  ['stream-time-window', { aggregates: [{ fn: 'integral', arg: '1x' }] }, { aggregates: 'duration' }],
  ['stream-time-window', { aggregates: [{ fn: 'mean', as: 'key' }] }, { aggregates: 'reserved' }],
  [
    'stream-time-window',
    {
      aggregates: [
        { fn: 'mean', as: 'x' },
        { fn: 'max', as: 'x' }
      ]
    },
    { aggregates: 'sameName' }
  ],
  [
    'stream-time-window',
    {
      aggregates: [
        { fn: 'mean', field: 'a.v' },
        { fn: 'mean', field: 'b.w' }
      ]
    },
    {}
  ],
  [
    'stream-time-window',
    {
      aggregates: [
        { fn: 'mean', field: 'a.v' },
        { fn: 'mean', field: 'b.v' }
      ]
    },
    { aggregates: 'sameName' }
  ],
  ['stream-time-window', { aggregates: [{ fn: 'mean', field: 'a..b' }] }, { aggregates: 'property' }],
  [
    'stream-time-window',
    { aggregates: [{ fn: 'mean', field: '(', fieldType: 'jsonata' }] },
    { aggregates: 'expressionAt' }
  ],
  ['stream-count-window', { size: '0' }, { size: 'count' }],
  ['stream-count-window', { size: '2.5', slide: '-1' }, { size: 'count', slide: 'count' }],
  ['stream-count-window', { size: '${N}', timeout: '10' }, {}],
  ['stream-join', { left: 'a', mode: 'interval', lower: '5s', upper: '-5s' }, { lower: 'above' }],
  ['stream-join', { left: 'a', mode: 'interval', lower: '5s', upper: '5s' }, {}],
  ['stream-join', { left: '' }, { left: 'missing' }],
  ['stream-join', { left: 'a', joinType: 'full' }, { joinType: 'latestJoin' }],
  ['stream-join', { left: 'a', mode: 'window', joinType: 'full' }, {}],
  ['stream-stats', { scope: 'count', size: '5m' }, { size: 'count' }],
  ['stream-stats', { scope: 'time', size: '5m', emit: 'count', every: 'x' }, { every: 'count' }],
  ['stream-anomaly', { threshold: '3' }, { threshold: 'between' }],
  ['stream-anomaly', { method: 'zscore', threshold: '3' }, {}],
  ['stream-anomaly', { method: 'zscore', threshold: '-1' }, { threshold: 'notAbove' }],
  ['stream-anomaly', { method: 'zscore', threshold: 'three' }, { threshold: 'number' }],
  ['stream-anomaly', { low: '10', high: '5' }, { low: 'below' }],
  ['stream-anomaly', { method: 'flatline', threshold: 'hidden', duration: 'x' }, { duration: 'duration' }],
  ['stream-map', { expression: 'payload.(', target: 'a..b' }, { expression: 'expressionAt', target: 'property' }],
  ['stream-map', { expression: '$round(payload, 1)' }, {}],
  ['stream-map', { expression: 'payload +', expressionType: 'js' }, { expression: 'expression' }],
  ['stream-map', { expression: 'payload); evil(', expressionType: 'js' }, { expression: 'expression' }],
  ['stream-map', { expression: '`${payload} C`', expressionType: 'js' }, {}],
  ['stream-filter', { condition: 'payload > 1', key: 'a..b' }, {}],
  ['stream-settings', { timeType: 'msg', time: '' }, { time: 'missing' }],
  ['stream-settings', { timeType: 'msg', time: 'payload.ts', outOfOrderness: 'x' }, { outOfOrderness: 'duration' }],
  ['stream-settings', { maxKeys: 'many', checkpoint: '1 fortnight' }, { maxKeys: 'count', checkpoint: 'duration' }]
]

describe('the checks of the dialogs', () => {
  let dialogs: Declaration[]
  let checks: Checks
  let problemOf: Checks['problemOf']
  before(async () => {
    Object.assign(globalThis, editorGlobals)
    dialogs = await declarations()
    checks = await editorModule<Checks>('checks.mjs')
    problemOf = checks.problemOf
  })

  for (const [type, values, expected] of cases) {
    const given = JSON.stringify(values)
    const verdict = Object.entries(expected).map(([name, key]) => `${name}: ${key}`)
    it(`${type} ${given}: ${verdict.join(', ') || 'right'}`, async () => {
      const dialog = dialogs.find(dialog => dialog.type === type) as Declaration
      const all = { ...(await newValues(dialog)), ...values }
      const found = [...dialog.rows, ...dialog.more]
        .map(row => [row.name, problemOf(row, all)?.key])
        .filter(([name, key]) => key !== undefined && (name as string) in values)
      assert.deepEqual(Object.fromEntries(found), expected)
    })
  }
  const namesWhere = async (
    type: string,
    values: Values,
    isSo: (row: Row, all: Values) => boolean
  ): Promise<string[]> => {
    const dialog = dialogs.find(dialog => dialog.type === type) as Declaration
    const all = { ...(await newValues(dialog)), ...values }
    return [...dialog.rows, ...dialog.more].filter(row => isSo(row, all)).map(({ name }) => name)
  }
  it('know why a picture is an example only', async () => {
    for (const [type, values, doubt] of [
      ['stream-time-window', {}, undefined],
      ['stream-time-window', { size: '' }, 'missing'],
      ['stream-time-window', { size: '${SIZE}' }, 'environment'],
      ['stream-time-window', { size: '${SIZE}', windowType: 'session' }, undefined],
      ['stream-time-window', { size: '', lateness: 'long' }, 'wrong'],
      [
        'stream-time-window',
        { aggregates: [{ fn: 'mean', field: 'payload * 2', fieldType: 'jsonata' }] },
        'expression'
      ],
      ['stream-stats', { value: 'payload * 2', valueType: 'jsonata' }, 'expression'],
      ['stream-stats', { aggregates: [{ fn: 'mean', field: '', fieldType: 'jsonata' }] }, undefined],
      ['stream-join', {}, 'missing']
    ] as const) {
      const { rows, more } = dialogs.find(dialog => dialog.type === type) as Declaration
      const all = { ...(await newValues({ rows, more, type, hasKey: true })), ...values }
      assert.equal(checks.doubtOf([...rows, ...more], all), doubt, JSON.stringify(values))
    }
  })
  it('take a field that is not in the flow for that of a new node', async () => {
    const { defaultsOf } = await editorModule<Defaults>('defaults.mjs')
    for (const { type, rows, more } of dialogs) {
      const known = [...rows, ...more].filter(({ name }) => !['condition', 'expression', 'left'].includes(name))
      const defaults = defaultsOf(known, String)
      for (const { name } of known) assert.equal(defaults[name].validate.call({}), true, `${type} ${name}`)
    }
  })
  it('know which fields only the user can fill in, filled in or not', async () => {
    for (const [type, values, expected] of [
      ['stream-join', {}, ['left']],
      ['stream-join', { left: 'a' }, ['left']],
      ['stream-map', {}, ['expression']],
      ['stream-time-window', {}, []],
      ['stream-time-window', { emit: 'every' }, ['every']],
      ['stream-stats', { scope: 'count', emit: 'time' }, ['size', 'every']],
      ['stream-settings', {}, []],
      ['stream-settings', { timeType: 'msg' }, ['time']]
    ] as const)
      assert.deepEqual(await namesWhere(type, values, checks.isAskedFor), expected, type)
  })
  it('show of an anomaly node what has an effect on its method', async () => {
    const hidden = (method: string): Promise<string[]> =>
      namesWhere('stream-anomaly', { method }, (row, all) => !checks.isShown(row, all))
    const ofValues = ['threshold', 'direction', 'warmup', 'window', 'period', 'learn']
    assert.deepEqual(await hidden('flatline'), ofValues)
    assert.deepEqual(await hidden('frequency'), ofValues)
    assert.deepEqual(await hidden('zscore'), ['duration', 'period'])
    assert.deepEqual(await hidden('seasonal'), ['duration'])
  })
  it('know a length that is in ms for want of a unit', async () => {
    for (const [type, values, expected] of [
      ['stream-time-window', {}, []],
      ['stream-time-window', { size: '300', lateness: ' 1.5 ', offset: '-5' }, ['size', 'lateness', 'offset']],
      ['stream-time-window', { size: '300s', lateness: '0', offset: '${X}' }, []],
      ['stream-stats', { scope: 'time', size: 5 }, ['size']],
      ['stream-stats', { scope: 'count', size: '5' }, []]
    ] as const)
      assert.deepEqual(await namesWhere(type, values, checks.isInMilliseconds), expected, JSON.stringify(values))
  })
  it('never run the JavaScript that they check', async () => {
    const dialog = dialogs.find(({ type }) => type === 'stream-map') as Declaration
    const expression = "Reflect.set(globalThis, 'wasRun', true)"
    problemOf(dialog.rows[0], { ...(await newValues(dialog)), expression, expressionType: 'js' })
    assert.equal(Reflect.get(globalThis, 'wasRun'), undefined)
  })
  it('read durations as the engine does', async () => {
    const own = await editorModule<{ parseDuration: typeof parseDuration }>('duration.mjs')
    for (const text of [
      '500ms',
      '10s',
      ' 1.5 h',
      '-5s',
      '+2m',
      '.5d',
      '7',
      '',
      'x',
      '1w',
      '0.1s',
      '0.0001ms',
      '1e3',
      '--1s'
    ])
      assert.equal(own.parseDuration(text), parseDuration(text), text)
  })
})
