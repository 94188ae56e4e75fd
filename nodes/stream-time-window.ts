import type { NodeAPI } from 'node-red'
import { defineNode } from './shared/define-node'

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('stream-time-window', defineNode(RED, 'time-window'))
}
