import type { Node, NodeAPI, NodeDef } from 'node-red'
import { LiveNode } from './live-node'
import { NodeStatus } from './status'

/** The constructor of a stream node: its operator is found by name, its fields are read by the operator. */
export function defineNode(RED: NodeAPI, slug: string): (this: Node, config: NodeDef) => void {
  return function (config) {
    RED.nodes.createNode(this, config)
    const status = new NodeStatus(RED, this)
    try {
      const live = new LiveNode(RED, this, slug, config, status)
      status.show(live)
      this.on('input', (message, _send, done) => live.receive(message, done))
      this.on('close', (_isRemoved: boolean, done: () => void) => void live.close().then(done))
    } catch (error) {
      const problem = error as Error
      status.fail(problem)
      this.error(problem.message)
      this.on('input', (_message, _send, done) => done(problem))
      this.on('close', () => status.stop())
    }
  }
}
