import assert from 'node:assert/strict'
import type { Account, Books, Tally } from './books'
import { eventTime, probe, type ShortNode, tab } from './flows'
import type { DeployType, NodeRed } from './node-red-process'

const sums = [
  { fn: 'count', as: 'count' },
  { fn: 'sum', field: 'payload.n', as: 'sum' },
  { fn: 'sum', field: 'payload.nn', as: 'squares' }
]

const window = (fields: object): ShortNode => ({
  type: 'stream-time-window',
  aggregates: sums,
  settings: 'time',
  wires: [['out'], ['late']],
  ...fields
})

/** Nodes that keep records, each in its own way. */
const keepers: Record<string, ShortNode> = {
  tumbling: window({ size: '1s' }),
  session: window({ windowType: 'session', gap: '15ms' }),
  long: window({ size: '1000h', settings: 'arrival' }),
  clock: window({ size: '100ms', settings: 'arrival' }),
  counts: {
    type: 'stream-count-window',
    size: '7',
    partial: true,
    aggregates: sums,
    settings: 'arrival',
    wires: [['out']]
  },
  latest: {
    type: 'stream-join',
    mode: 'latest',
    side: 'payload.side',
    left: 'l',
    right: 'r',
    leftKey: 'topic',
    rightKey: 'topic',
    settings: 'time',
    wires: [['out'], ['late']]
  },
  statistics: {
    type: 'stream-stats',
    value: 'payload.n',
    aggregates: [{ fn: 'count', as: 'count' }, { fn: 'max' }],
    settings: 'arrival',
    wires: [['out']]
  }
}

/** Its state has a file of its own after some hundred records. */
const heavy: ShortNode = window({
  size: '1000h',
  settings: 'arrival',
  aggregates: [...sums, { fn: 'collect', field: 'payload.pad', as: 'pads' }]
})

/** A flow of one source and all nodes that keep records. `version`: it is changed so that everything is deployed anew. */
export function survivalFlow(version: number, settings: { checkpoint?: string; store?: string } = {}): object[] {
  const nodes = { ...keepers, heavy }
  return tab('s', {
    time: { ...eventTime, outOfOrderness: '50ms', maxAhead: '', ...settings },
    arrival: { type: 'stream-settings', timeType: 'arrival', ...settings },
    in: { type: 'source', to: Object.keys(nodes) },
    ...Object.fromEntries(
      Object.entries(nodes).map(([name, node]) => [name, { ...node, name: `${name} ${version}`, x: version }])
    ),
    control: probe('in'),
    // else each bad record is a line of the log
    caught: { type: 'catch', scope: null, to: [] },
    out: { type: 'junction', to: [] },
    late: { type: 'junction', to: [] }
  })
}

const add = (a: Tally, b: Tally): Tally => ({
  count: a.count + b.count,
  sum: a.sum + b.sum,
  squares: a.squares + b.squares
})

/** The books of several processes, one after the other. */
export function together(all: readonly Books[]): Books {
  const books: Books = {}
  for (const one of all) {
    for (const [id, account] of Object.entries(one)) {
      const before: Account | undefined = books[id]
      books[id] = before
        ? {
            calls: before.calls + account.calls,
            done: add(before.done, account.done),
            refused: add(before.refused, account.refused),
            sent: [add(before.sent[0], account.sent[0]), add(before.sent[1], account.sent[1])],
            newest: { ...before.newest, ...account.newest },
            ended: before.ended + account.ended
          }
        : account
    }
  }
  return books
}

/** Waits until all that was sent has come to rest, then has everything that is held sent. */
export async function settle(red: NodeRed): Promise<void> {
  red.load({ at: 's.in', perSecond: 0 })
  for (let calls = -1; calls !== callsOf(red.report.books);) {
    calls = callsOf(red.report.books)
    const { length } = red.reports
    await red.until(() => red.reports.length > length + 20, 10_000, 'reports')
  }
}

const callsOf = (books: Books): number => Object.values(books).reduce((sum, { calls }) => sum + calls, 0)

export async function flush(red: NodeRed): Promise<void> {
  await settle(red)
  red.send('s.control', { flush: true })
  await settle(red)
}

/** Every record for which `done` was called was sent, by itself or in a result, once; bad ones were refused. */
export function assertBalanced(books: Books): void {
  for (const name of [...Object.keys(keepers), 'heavy']) {
    const { calls, done, refused, sent, newest, ended } = books[`s.${name}`]
    assert.ok(calls > 500, `${name}: ${calls} records`)
    if (name === 'statistics') {
      assert.equal(
        Object.values(newest).reduce((sum, n) => sum + n, ended),
        calls,
        name
      )
      continue
    }
    assert.deepEqual(add(sent[0], sent[1]), done, name)
    if (/tumbling|session|latest/.test(name)) assert.ok(refused.count > 0 || name === 'latest', name)
    if (/tumbling|session/.test(name)) assert.ok(sent[1].count > 0, name)
  }
}

/** Deploys of all kinds, the next one so long after the last has ended, for so long at least; returns how many. */
export async function deployFor(red: NodeRed, ms: number, pause: number, settings = {}): Promise<number> {
  const types: DeployType[] = ['nodes', 'flows', 'full']
  const end = Date.now() + ms
  let count = 0
  for (; count < types.length || Date.now() < end; count++) {
    await red.deploy(survivalFlow(count + 1, settings), types[count % 3])
    await new Promise(resolve => setTimeout(resolve, pause))
  }
  return count
}

/** When the state of a node was saved that came back, as the log says. */
export async function savedAt(red: NodeRed, name: string): Promise<number> {
  const told = new RegExp(`:${name} \\d+\\] .* the state of (\\S+) is back`)
  await red.until(() => told.test(red.log), 60_000, `what the log says of ${name}`)
  const [, time] = told.exec(red.log) ?? []
  return Date.parse(time)
}

/** How many records a node had taken at a time: at least and at most. */
export function takenAt({ reports }: NodeRed, name: string, time: number): [least: number, most: number] {
  const countOf = ({ books }: { books: Books }): number => books[`s.${name}`]?.done.count ?? 0
  const later = reports.find(({ at }) => at > time)
  return [countOf(reports.findLast(({ at }) => at <= time) ?? { books: {} }), later ? countOf(later) : Infinity]
}

/** Sums what it gets, and sends the sum when it is told to. */
export const summing = (fields: object = {}, tabName = 'm'): object[] =>
  tab(tabName, {
    in: probe('sum'),
    sum: {
      type: 'stream-count-window',
      size: '1000',
      partial: true,
      keyType: 'none',
      aggregates: [{ fn: 'sum' }],
      to: ['out'],
      ...fields
    },
    out: probe()
  })
