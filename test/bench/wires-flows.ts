import type { Section } from './report'

export const wires: Section = {
  marks: 'figures of wires',
  unit: 'message',
  note: 'Node-RED 5, the CPU of its process.',
  chart: 'wires.svg',
  one: 'nodes that do nothing = 1'
}

/** One thing to measure on the wires: a flow with a node of ours, and one with nodes that do nothing in its place. */
export interface WiresJob {
  name: string
  title: string
  /** Flows for so many blocks of messages. */
  project(blocks: number): object[]
  baseline(blocks: number): object[]
}

/** What `bench-driver` sends a block: readings of so many devices over one minute. */
export const messages = 1000
const devices = 10

type Fields = Record<string, unknown>

/** A chain of nodes, each wired to the next one; the driver waits for so many arrivals a block at the sink. */
const chain =
  (arrivals: number, ...nodes: Fields[]) =>
  (blocks: number): object[] => [
    { id: 'tab', type: 'tab', label: 'benchmark' },
    { id: 'time', type: 'stream-settings', time: 'payload.ts', timeType: 'msg' },
    ...[{ type: 'bench-driver', blocks, messages, devices, arrivals }, ...nodes, { type: 'bench-sink' }].map(
      (node, i) => ({
        id: `n${i}`,
        z: 'tab',
        x: 0,
        y: 0,
        wires: [[`n${i + 1}`]],
        ...node
      })
    )
  ]

const pass = { type: 'bench-pass' }
const map = { type: 'stream-map', expression: 'payload.temp * 1.8 + 32' }
const aggregates = [{ fn: 'mean', field: 'payload.temp' }]
const window = { type: 'stream-time-window', settings: 'time', size: '60s', aggregates }

export const wiresJobs: readonly WiresJob[] = [
  {
    name: 'window',
    title: 'tumbling 60 s of event time per device, a row a device and minute; baseline: pass-through',
    project: chain(devices, window, pass),
    baseline: chain(messages, pass, pass)
  },
  {
    name: 'map',
    title: 'JSONata `payload.temp * 1.8 + 32`; baseline: pass-through',
    project: chain(messages, map),
    baseline: chain(messages, pass)
  },
  {
    name: 'window, update',
    title: 'the same window with a row on each message too; baseline: pass-through',
    project: chain(messages + devices, { ...window, emit: 'update' }, pass),
    baseline: chain(messages, pass, pass)
  },
  {
    name: 'wire',
    title: 'two pass-throughs; baseline: one of them',
    project: chain(messages, pass, pass),
    baseline: chain(messages, pass)
  }
]
