import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red'
import type { Probed } from './node-red-process'

/** A node for tests: tells its parent process each message it gets, and sends on each that the parent gives it. */
export = (RED: NodeAPI): void => {
  const probes = new Map<string, Node>()
  process.on('message', ({ at, message }: Partial<Probed>) => at && probes.get(at)?.send(message as NodeMessage))
  RED.nodes.registerType('probe', function (this: Node, config: NodeDef) {
    RED.nodes.createNode(this, config)
    probes.set(this.id, this)
    this.on('input', (message, _send, done) => {
      process.send?.({ at: this.id, message })
      done()
    })
    this.on('close', () => probes.delete(this.id))
  })
}
