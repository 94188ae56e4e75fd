import type { EventEmitter } from 'node:events'
import type { Node, NodeAPI, NodeDef } from 'node-red'

/** What the driver is told by the flow. */
interface DriverConfig extends NodeDef {
  blocks: number
  /** Messages that it sends a block, of how many devices, and how many of what becomes of them come to the sink. */
  messages: number
  devices: number
  arrivals: number
}

const blockLength = 60_000
/** The flows have started; what else a start brings is to be over. */
const settleTime = 500

/**
 * Nodes of a Node-RED that is measured: `bench-driver` sends blocks of readings, each when all of the one before has
 * come to `bench-sink`, and ends the process; `bench-pass` sends on what it gets.
 */
export = (RED: NodeAPI): void => {
  let arrived = 0
  let whenArrived = (): void => undefined

  RED.nodes.registerType('bench-driver', function (this: Node, config: DriverConfig) {
    RED.nodes.createNode(this, config)
    const { blocks, messages, devices, arrivals } = config
    let block = 0
    const send = (): void => {
      const start = 1_700_000_040_000 + block++ * blockLength
      const step = blockLength / messages
      for (let i = 0; i < messages; i++) {
        // the last one of a block is at the last moment of its minute
        const payload = { ts: start + (i + 1) * step - 1, temp: 15 + ((i * 7) % 100) / 10 }
        this.send({ topic: `sensor/${i % devices}`, payload })
      }
    }
    whenArrived = () => {
      if (++arrived < block * arrivals) return
      if (block < blocks) send()
      // what is too much would come now
      else setTimeout(() => process.exit(arrived === blocks * arrivals ? 0 : 1), 0)
    }
    RED.events.once('flows:started', () =>
      setTimeout(() => {
        ;(process as EventEmitter).emit('bench:begin')
        send()
      }, settleTime)
    )
  })

  RED.nodes.registerType('bench-pass', function (this: Node, config: NodeDef) {
    RED.nodes.createNode(this, config)
    this.on('input', (message, send, done) => {
      send(message)
      done()
    })
  })

  RED.nodes.registerType('bench-sink', function (this: Node, config: NodeDef) {
    RED.nodes.createNode(this, config)
    this.on('input', (_message, _send, done) => {
      done()
      whenArrived()
    })
  })
}
