import type { Timestamp } from '../record'
import type { EmitterPorts } from './emitter'

interface Options {
  /** When the node began to see records. */
  upSince: Timestamp
  isArrival(): boolean
}

/** Marks as partial each window that began, in arrival time, before the node began to see records. */
export const markingPartial = (ports: EmitterPorts, { upSince, isArrival }: Options): EmitterPorts => ({
  ...ports,
  send(port, message) {
    const { window } = message as { window?: { start: Timestamp; partial?: true } }
    if (isArrival() && port === 0 && window && window.start < upSince) window.partial = true
    ports.send(port, message)
  }
})
