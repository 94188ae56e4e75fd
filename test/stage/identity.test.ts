import assert from 'node:assert/strict'
import { type RawConfig, readConfig } from '#engine/config/fields'
import { settingsFields } from '#engine/config/settings'
import { specs } from '#engine/operators/index'
import { identityOf } from '#engine/stage/identity'

const settings = readConfig(settingsFields, {})
const of = (config: RawConfig): string => identityOf(specs['time-window'], config, settings)

/** Written by hand, and as its dialog saves it. */
const written = { size: '1m', aggregates: [{ fn: 'percentile', arg: 95 }, { fn: 'count' }] }
const saved = {
  ...{ windowType: 'tumbling', size: '1m', slide: '1m', step: '1m', gap: '5m', offset: '', timezone: '' },
  aggregates: [
    { fn: 'percentile', field: '', fieldType: 'msg', arg: '95', as: '' },
    { fn: 'count', field: '', fieldType: 'msg', arg: '', as: '' }
  ],
  ...{ key: 'topic', keyType: 'msg' }
}

describe('what a state belongs to', () => {
  it('stays the same when the dialog fills in what the flow left out', () => {
    assert.equal(of(saved), of(written))
  })
  it('changes with each field that gives it a meaning', () => {
    for (const changed of [
      { size: '2m' },
      { key: 'payload.id' },
      { aggregates: saved.aggregates.slice(1) },
      { aggregates: [{ ...saved.aggregates[0], arg: '90' }, saved.aggregates[1]] }
    ])
      assert.notEqual(of({ ...saved, ...changed }), of(saved), JSON.stringify(changed))
  })
  it('does not depend on what is done with the results', () => {
    assert.equal(of({ ...saved, name: 'x', rows: true, emit: 'update' }), of(saved))
  })
})
