import assert from 'node:assert/strict'
import { readConfig } from '#engine/config/fields'
import { settingsFields } from '#engine/config/settings'
import type { StagePorts } from '#engine/stage/ports'

/** Some of what surrounds a stage; the clock shows `now`, and wakes nobody. */
type Given = Partial<Omit<StagePorts, 'settings' | 'clock'>> & { now?: () => number }

/** What surrounds a stage in a test, with these settings: quiet, where nothing else is given, and without expressions. */
export const portsWith = (settings: Record<string, unknown>, { now = () => 0, ...given }: Given): StagePorts => ({
  id: 'node',
  name: 'node',
  settings: readConfig(settingsFields, settings),
  prepareJsonata: () => assert.fail('there is no expression'),
  clock: { now, at: () => () => undefined },
  isLive: true,
  maxHeld: 1_000_000,
  maxQueued: 10,
  send: () => undefined,
  warn: () => undefined,
  ...given
})
