import type { Node, NodeAPI } from 'node-red'
import { readConfig } from '#engine/config/fields'
import { type Settings, settingsFields } from '#engine/config/settings'
import { ConfigError } from '#engine/errors'

/** A stream-settings node as the others see it. */
export interface SettingsNode extends Node {
  /** Absent where its configuration is wrong; it has said so itself. */
  settings?: Settings
}

/** The settings of a node: those of its settings node, the defaults where it names none. @throws ConfigError */
export function settingsOf(RED: NodeAPI, id: string | undefined): Settings {
  if (!id) return readConfig(settingsFields, {})
  const settings = (RED.nodes.getNode(id) as SettingsNode | undefined)?.settings
  if (!settings) {
    throw new ConfigError('settings', 'must be a stream-settings node that is there and without mistakes', id)
  }
  return settings
}
