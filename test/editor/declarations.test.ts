import assert from 'node:assert/strict'
import type { Fields } from '#engine/config/fields'
import { settingsFields } from '#engine/config/settings'
import { aggregates } from '#engine/aggregates/index'
import { methodNames } from '#engine/detectors/index'
import { specs } from '#engine/operators/index'
import { type Declaration, declarations, editorGlobals, editorModule, newValues, type Row } from './editor-files'

const fieldsOf: Record<string, Fields> = {
  'stream-settings': settingsFields,
  ...Object.fromEntries(Object.values(specs).map(({ type, fields }) => [type, fields]))
}

/** Fields of a new node that the editor fills in although the engine could do without. */
const filledIn: Record<string, unknown> = {
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  aggregates: [{ fn: 'mean', field: 'payload', fieldType: 'msg', arg: '', as: '' }]
}
const isFilledIn = (type: string, name: string): boolean =>
  (type === 'stream-settings' && name === 'timezone') || (/window/.test(type) && name === 'aggregates')

describe('the dialogs and the engine', () => {
  let dialogs: Declaration[]
  before(async () => {
    Object.assign(globalThis, editorGlobals)
    dialogs = await declarations()
  })
  const rowOf = (type: string, name: string): Row =>
    dialogs.find(dialog => dialog.type === type)?.rows.find(row => row.name === name) as Row

  it('are of the same types', () => {
    assert.deepEqual(dialogs.map(({ type }) => type).sort(), Object.keys(fieldsOf).sort())
  })
  it('have the same fields with the same values in a new node', async () => {
    for (const dialog of dialogs) {
      const { settings: _, ...fields } = fieldsOf[dialog.type]
      const expected = Object.entries(fields).map(([name, field]) => [
        name,
        isFilledIn(dialog.type, name) ? filledIn[name] : field.default
      ])
      assert.deepEqual({ ...(await newValues(dialog)) }, Object.fromEntries(expected), dialog.type)
    }
  })
  it('know the same aggregates', async () => {
    const { functions } = await editorModule<{ functions: object }>('functions.mjs')
    assert.deepEqual(Object.keys(functions).sort(), Object.keys(aggregates).sort())
  })
  it('know the same methods of anomaly detection', () => {
    assert.deepEqual([...(rowOf('stream-anomaly', 'method').options ?? [])].sort(), [...methodNames].sort())
  })
  it('agree that a new node is right, but for what only its user can say', async () => {
    const { problemOf } = await editorModule<{ problemOf(row: Row, values: object): unknown }>('checks.mjs')
    const wrong: string[] = []
    for (const dialog of dialogs) {
      const values = await newValues(dialog)
      for (const row of [...dialog.rows, ...dialog.more]) if (problemOf(row, values)) wrong.push(row.name)
    }
    assert.deepEqual(wrong.sort(), ['condition', 'expression', 'left'])
  })
})
