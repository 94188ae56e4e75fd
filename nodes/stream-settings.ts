import type { NodeAPI, NodeDef } from 'node-red'
import { readConfig } from '#engine/config/fields'
import { settingsFields } from '#engine/config/settings'
import type { SettingsNode } from './shared/settings'

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('stream-settings', function (this: SettingsNode, config: NodeDef) {
    RED.nodes.createNode(this, config)
    try {
      this.settings = readConfig(settingsFields, config as unknown as Record<string, unknown>)
    } catch (error) {
      this.error((error as Error).message)
    }
  })
}
