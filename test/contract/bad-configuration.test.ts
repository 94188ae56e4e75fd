import assert from 'node:assert/strict'
import { ConfigError, createOperator, specs } from '#engine/index'
import type { Field } from '#engine/config/fields'
import { settingsFields } from '#engine/config/settings'
import { outcomeOf } from './one-node'

const durationWords = 'must be a duration such as 500ms, 10s, 5m, 2h or 1d, got '
const countWords = 'must be a whole number from 1, got '
const sums = (...rows: object[]): object => ({ aggregates: rows.map(row => ({ fn: 'sum', ...row })) })

/** Node type -> what is wrong with it -> the words. */
const wrong: Record<string, [config: object, words: string][]> = {
  map: [
    [{ expression: '' }, 'expression must not be empty, got ""'],
    [{ expression: ' ' }, 'expression must not be empty, got " "'],
    [{ expression: '1 +', expressionType: 'js' }, 'expression must be a JavaScript expression: Unexpected token'],
    [{ expression: 'return 1', expressionType: 'js' }, 'expression must be a JavaScript expression: Unexpected token'],
    [{ expression: '$sum(' }, 'expression must be a JSONata expression: Expected ")" before end of expression'],
    [{ expression: '1', expressionType: 'python' }, 'expressionType must be one of jsonata, js, got "python"'],
    [{ expression: '1', target: '' }, 'target must be a property path, got ""'],
    [{ expression: '1', target: 'a..b' }, 'target must be a property path, but is none from character 2, got "a..b"'],
    [{ expression: '1', target: '__proto__.x' }, 'target must not write __proto__, which objects inherit'],
    [{ expression: '1', target: 'payload["constructor"]' }, 'target must not write constructor'],
    [{ expression: '1', batch: 'maybe' }, 'batch must be true or false, got "maybe"'],
    [{ expression: '1', keyType: 'flow' }, 'keyType must be one of msg, jsonata, none, got "flow"'],
    [{ expression: '1', key: 'a[' }, 'key must be a property path, but is none from character 2, got "a["'],
    [{ expression: '1', key: '(', keyType: 'jsonata' }, 'key must be a JSONata expression'],
    [{ expression: '1', key: '${DEVICE}' }, 'key must be an environment variable that is set, got "${DEVICE}"']
  ],
  filter: [
    [{ condition: '' }, 'condition must not be empty'],
    [{ condition: '((', conditionType: 'js' }, 'condition must be a JavaScript expression'],
    [{ condition: 'payload >' }, 'condition must be a JSONata expression'],
    [{ condition: 'true', conditionType: 'msg' }, 'conditionType must be one of jsonata, js, got "msg"']
  ],
  'count-window': [
    [{ size: 0 }, `size ${countWords}0`],
    [{ size: -1 }, `size ${countWords}-1`],
    [{ size: '2.5' }, `size ${countWords}"2.5"`],
    [{ size: 'ten' }, `size ${countWords}"ten"`],
    [{ size: true }, `size ${countWords}true`],
    [{ size: NaN }, `size ${countWords}NaN`],
    [{ slide: '0' }, `slide ${countWords}"0"`],
    [{ timeout: 'soon' }, `timeout ${durationWords}"soon"`],
    [{ timeout: '0s' }, 'timeout must be more than 0, got 0'],
    [{ timeout: '-1s' }, 'timeout must not be negative, got "-1s"'],
    [{ partial: 1 }, 'partial must be true or false, got 1'],
    [{ rows: 'yes' }, 'rows must be true or false, got "yes"'],
    [{ aggregates: 'mean' }, 'aggregates must be a list, got "mean"'],
    [{ aggregates: [null] }, 'aggregates[0].fn must be one of count, sum, mean'],
    [{ aggregates: [{ fn: 'sum' }, { fn: 'avg' }] }, 'aggregates[1].fn must be one of count, sum, mean'],
    [{ aggregates: [{ fn: '__proto__' }] }, 'aggregates[0].fn must be one of count, sum, mean'],
    [sums({ field: 'a..b' }), 'must be a property path, but is none from character 2, got "a..b"'],
    [sums({ field: '(', fieldType: 'jsonata' }), 'must be a JSONata expression'],
    [sums({ field: '${X}' }), 'aggregates[0].field must be an environment variable that is set, got "${X}"'],
    [sums({ fieldType: 'js' }), 'aggregates[0].fieldType must be msg or jsonata, got "js"'],
    [sums({ as: 'x' }, { as: 'x', field: 'y' }), 'aggregates[1].as must be different in each row, got "x"'],
    [sums({ field: 'a.x' }, { field: 'b.x' }), 'aggregates[1].as must be different in each row, got "sum_x"'],
    [
      sums({ as: 'start' }),
      'aggregates[0].as must not be one of key, start, end, value, kind, left, right, got "start"'
    ],
    ...[undefined, '', 'half', -1, 101, NaN].map((arg): [object, string] => [
      { aggregates: [{ fn: 'percentile', arg }] },
      'aggregates[0].arg must be a number from 0 to 100, got '
    ]),
    [
      { aggregates: [{ fn: 'sum' }, { fn: 'integral', arg: 'soon' }] },
      'aggregates[1].arg must be a duration such as 1h, got "soon"'
    ]
  ],
  'time-window': [
    [{ windowType: 'tumblign' }, 'windowType must be one of tumbling, hopping, cumulative, session, sliding, got'],
    [{ size: 'soon' }, `size ${durationWords}"soon"`],
    [{ size: '5 weeks' }, `size ${durationWords}"5 weeks"`],
    [{ size: '0.5ms' }, `size ${durationWords}"0.5ms"`],
    [{ size: '-10s' }, 'size must not be negative, got "-10s"'],
    [{ size: '0s' }, 'size must be more than 0, got 0'],
    [{ size: '' }, 'size must be more than 0, got ""'],
    [{ windowType: 'hopping', size: '10s', slide: '3s' }, 'slide must divide size (10000 ms), got 3000'],
    [{ windowType: 'hopping', size: '10s', slide: '20s' }, 'slide must divide size (10000 ms), got 20000'],
    [{ windowType: 'hopping', size: '10s', slide: '' }, 'slide must be more than 0, got ""'],
    [{ windowType: 'cumulative', size: '10s', step: '3s' }, 'step must divide size (10000 ms), got 3000'],
    [{ windowType: 'cumulative', size: '10s', step: '' }, 'step must be more than 0, got ""'],
    [{ windowType: 'sliding', size: '0s' }, 'size must be more than 0, got 0'],
    [{ emit: 'every', every: '' }, 'every must be more than 0, got ""'],
    [{ windowType: 'session', gap: '0s' }, 'gap must be more than 0, got 0'],
    [{ step: 'x' }, `step ${durationWords}"x"`],
    [{ offset: 'x' }, `offset ${durationWords}"x"`],
    [{ timezone: 'Mars/Olympus' }, 'timezone must be an IANA time zone, got "Mars/Olympus"'],
    [{ lateness: '-1s' }, 'lateness must not be negative, got "-1s"'],
    [{ emit: 'never' }, 'emit must be one of final, update, every, got "never"'],
    [{ every: {} }, `every ${durationWords}{}`],
    [{ emitEmpty: 'x' }, 'emitEmpty must be true or false, got "x"']
  ],
  join: [
    [{ mode: 'sideways' }, 'mode must be one of interval, window, latest, got "sideways"'],
    [{ joinType: 'outer' }, 'joinType must be one of inner, left, right, full, got "outer"'],
    [{ sideType: 'js' }, 'sideType must be one of msg, jsonata, got "js"'],
    [{ left: '' }, 'left must not be empty, got ""'],
    [{ mode: 'interval', joinType: 'inner', side: 'a..b' }, 'side must be a property path'],
    [{ mode: 'interval', joinType: 'inner', leftKey: 'a[' }, 'leftKey must be a property path'],
    [{ mode: 'interval', joinType: 'inner', rightKey: '(', rightKeyType: 'jsonata' }, 'rightKey must be a JSONata'],
    [{ mode: 'interval', joinType: 'inner', lower: 'x' }, `lower ${durationWords}"x"`],
    [
      { mode: 'interval', joinType: 'inner', lower: '5s', upper: '1s' },
      'lower must not be above upper (1000 ms), got 5000'
    ],
    [{ size: 'x' }, `size ${durationWords}"x"`],
    [{ ttl: '-1s' }, 'ttl must not be negative, got "-1s"']
  ],
  stats: [
    [{ value: '' }, 'value must be a property path, got ""'],
    [{ value: '(', valueType: 'jsonata' }, 'value must be a JSONata expression'],
    [{ scope: 'some' }, 'scope must be one of all, count, time, got "some"'],
    [{ scope: 'count', size: 'ten' }, `size ${countWords}"ten"`],
    [{ scope: 'count', size: '' }, `size ${countWords}""`],
    [{ scope: 'time', size: '' }, 'size must be more than 0, got ""'],
    [{ scope: 'time', size: 'ten' }, `size ${durationWords}"ten"`],
    [{ emit: 'time', every: '0' }, 'every must be more than 0, got 0'],
    [{ emit: 'never' }, 'emit must be one of each, count, time, got "never"'],
    [{ emit: 'count', every: '0' }, `every ${countWords}"0"`]
  ],
  anomaly: [
    [{ value: 'a.' }, 'value must be a property path'],
    [{ method: 'magic' }, 'method must be one of auto, zscore, mad'],
    [{ threshold: 'high' }, 'threshold must be a number, got "high"'],
    [{ method: 'zscore', threshold: 0 }, 'threshold must be more than 0, got 0'],
    [{ method: 'mad', threshold: '-3' }, 'threshold must be more than 0, got -3'],
    [{ method: 'auto', threshold: 3 }, 'threshold must be below 1 (auto), got 3'],
    [{ method: 'auto', threshold: 1 }, 'threshold must be below 1 (auto), got 1'],
    [{ method: 'auto', threshold: -0.1 }, 'threshold must not be negative, got -0.1'],
    [{ window: 0 }, `window ${countWords}0`],
    [{ warmup: 'x' }, `warmup ${countWords}"x"`],
    [{ period: 'x' }, `period ${durationWords}"x"`],
    [{ method: 'seasonal', period: '0s' }, 'period must be more than 0, got 0'],
    [{ duration: 'x' }, `duration ${durationWords}"x"`],
    [{ method: 'flatline', duration: '0s' }, 'duration must be more than 0, got 0'],
    [{ method: 'flatline', duration: '' }, 'duration must be more than 0, got ""'],
    [{ direction: 'up' }, 'direction must be one of both, high, low, got "up"'],
    [{ low: 'x' }, 'low must be a number, got "x"'],
    [{ high: Infinity }, 'high must be a number, got Infinity'],
    [{ low: 2, high: 1 }, 'low must not be above high (1), got 2'],
    [{ learn: 'x' }, 'learn must be true or false, got "x"'],
    [{ alarm: 'loud' }, 'alarm must be one of each, change, got "loud"'],
    [{ hold: 0 }, `hold ${countWords}0`]
  ]
}

const wrongSettings: [settings: object, words: string][] = [
  [{ timeType: 'event' }, 'timeType must be one of auto, arrival, msg, jsonata, got "event"'],
  [{ timeType: 'msg', time: '' }, 'time must be a property path, got ""'],
  [{ timeType: 'jsonata', time: '(' }, 'time must be a JSONata expression'],
  [{ outOfOrderness: '-5s' }, 'outOfOrderness must not be negative, got "-5s"'],
  [{ idleTimeout: 'x' }, `idleTimeout ${durationWords}"x"`],
  [{ timezone: 'Nowhere' }, 'timezone must be an IANA time zone, got "Nowhere"'],
  [{ maxKeys: 0 }, `maxKeys ${countWords}0`],
  [{ keyTtl: 'x' }, `keyTtl ${durationWords}"x"`],
  [{ keyTtl: '0s' }, 'keyTtl must be more than 0, got 0'],
  [{ checkpoint: '0s' }, 'checkpoint must be more than 0, got 0'],
  [{ maxAhead: true }, `maxAhead ${durationWords}true`],
  [{ checkpoint: 'often' }, `checkpoint ${durationWords}"often"`]
]

const working: Record<string, Record<string, unknown>> = {
  map: { expression: '1' },
  filter: { condition: 'true' },
  join: { mode: 'interval', joinType: 'inner', left: 'l' }
}

const refuses = async (node: object, settings: object, words: string): Promise<void> => {
  await assert.rejects(outcomeOf(node, settings, []), (error: Error) => {
    assert.ok(error instanceof ConfigError, String(error))
    assert.ok(error.message.startsWith('node: ') && error.message.includes(words), error.message)
    return true
  })
}

for (const slug of Object.keys(specs)) {
  describe(`the configuration of a stream-${slug}`, () => {
    it('works as it is saved by default, with what has no default filled in', () =>
      assert.doesNotThrow(() => createOperator(slug, working[slug])))
    for (const [config, words] of wrong[slug] ?? []) {
      it(`is refused in words: ${JSON.stringify(config)}`, () =>
        refuses({ type: `stream-${slug}`, ...working[slug], ...config }, {}, words))
    }
  })
}

describe('the configuration of stream-settings', () => {
  for (const [settings, words] of wrongSettings) {
    it(`is refused in words: ${JSON.stringify(settings)}`, () =>
      refuses({ type: 'stream-map', ...working.map }, settings, words))
  }
})

describe('every field', () => {
  const junk = [NaN, -1, 1.5, true, 'junk', [], {}, [{}], () => 1, Symbol('x'), 10n]
  const all: [string, Field<unknown>][] = Object.entries({ settings: settingsFields, ...specs }).flatMap(
    ([owner, of]) => {
      const fields = 'fields' in of ? of.fields : of
      return Object.entries(fields as Record<string, Field<unknown>>).map(([name, field]): [string, Field<unknown>] => [
        `${owner}.${name}`,
        field
      ])
    }
  )
  it('takes junk, or refuses it by an error that names the field', () => {
    for (const [name, field] of all) {
      for (const value of junk) {
        try {
          field.read(value, name)
        } catch (error) {
          assert.ok(error instanceof ConfigError && error.message.startsWith(name), `${name}: ${String(error)}`)
        }
      }
    }
  })
  it('takes its own default, and is the same for a number and its text', () => {
    for (const [name, field] of all) {
      assert.deepEqual(field.read(String(field.default), name), field.read(field.default, name), name)
    }
  })
})

describe('an operator by name', () => {
  for (const name of ['median', '', '__proto__', 'toString']) {
    it(`must be one of the seven, not "${name}"`, () =>
      assert.throws(
        () => createOperator(name),
        new ConfigError('operator', 'must be one of map, filter, count-window, time-window, join, stats, anomaly', name)
      ))
  }
})
