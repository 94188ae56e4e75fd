import { writeFileSync } from 'node:fs'
import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red'
import type { Account, Books, Load, Report, Tally } from './books'

// A module for the Node-RED of a test: sends numbered records at a steady rate, and keeps books of what becomes of them.

interface Row {
  topic: string
  payload: { n: number; nn: number; ts: number | string; side: 'l' | 'r'; pad: string }
}

/** Sums of squares below it stay exact. */
const prime = 65_521
const pad = 'x'.repeat(300)

/** The record of number `n`: of twenty devices, one ms apart. Now and then one is late, or has no time. */
function record(n: number): Row {
  const ts = n % 101 === 0 ? 'soon' : 1.7e12 + n - (n % 97 === 0 ? 60_000 : 0)
  return { topic: `device ${n % 20}`, payload: { n, nn: (n * n) % prime, ts, side: n % 3 === 0 ? 'r' : 'l', pad } }
}

/** What a payload stands for: a result for many records, a plain or joined one for one, of a join only left sides count. */
function tallyOf(payload: unknown, isJoin: boolean): Tally | undefined {
  const parts = (payload ?? {}) as Partial<Tally & Row['payload'] & { left: unknown }>
  const { count, sum, squares, n, nn, side, left } = parts
  if (left !== undefined) return tallyOf(left, isJoin)
  if (count !== undefined) return { count, sum: sum ?? 0, squares: squares ?? 0 }
  if (n === undefined || nn === undefined || (isJoin && side === 'r')) return undefined
  return { count: 1, sum: n, squares: nn }
}

const nobody = (): Tally => ({ count: 0, sum: 0, squares: 0 })

function add(into: Tally, tally: Tally | undefined): void {
  if (tally === undefined) return
  into.count += tally.count
  into.sum += tally.sum
  into.squares += tally.squares
}

interface SendEvent {
  msg: NodeMessage
  source: { node: Node; port: 0 | 1 }
}
interface CompleteEvent {
  msg: NodeMessage
  error?: unknown
  node: { node: Node }
}

export = (RED: NodeAPI): void => {
  const books: Books = {}
  const accountOf = ({ id }: Node): Account =>
    (books[id] ??= { calls: 0, done: nobody(), refused: nobody(), sent: [nobody(), nobody()], newest: {}, ended: 0 })
  const { hooks } = RED as unknown as { hooks: { add(name: string, hook: (event: never) => void): void } }
  const isStream = ({ type }: Node): boolean => type.startsWith('stream-')
  const isJoin = ({ type }: Node): boolean => type === 'stream-join'
  hooks.add('onSend.ledger', (events: SendEvent[]) => {
    for (const { msg, source } of events) {
      if (!isStream(source.node)) continue
      const account = accountOf(source.node)
      add(account.sent[source.port], tallyOf(msg.payload, isJoin(source.node)))
      const { count } = (msg.payload ?? {}) as Partial<Tally>
      if (count !== undefined) {
        const { topic } = msg as { topic: string }
        const before = account.newest[topic] ?? 0
        if (count <= before) account.ended += before
        account.newest[topic] = count
      }
    }
  })
  hooks.add('onComplete.ledger', ({ msg, error, node: { node } }: CompleteEvent) => {
    const isRecord = 'topic' in msg
    if (!isStream(node) || !isRecord) return
    const account = accountOf(node)
    if (!error) account.calls++
    add(error ? account.refused : account.done, tallyOf(msg.payload, isJoin(node)))
  })

  const sources = new Map<string, Node>()
  let timer: NodeJS.Timeout | undefined
  let next = 1

  /** Every 2 ms as many records as are missing by then; while its source is being deployed, none. */
  function load({ at, perSecond, first = next }: Load): void {
    clearInterval(timer)
    next = first
    if (perSecond === 0) return
    let last = performance.now()
    let missing = 0
    timer = setInterval(() => {
      const now = performance.now()
      missing += ((now - last) * perSecond) / 1000
      last = now
      const source = sources.get(at)
      // what was missed in a deploy is made up for only in part
      missing = Math.min(missing, perSecond / 10)
      for (; source !== undefined && missing >= 1; missing--) source.send(record(next++) as unknown as NodeMessage)
    }, 2)
  }

  const report = (): Report => ({ books, at: Date.now(), next })
  process.on('message', ({ load: order }: { load?: Load }) => order && load(order))
  // a process that is killed has told what it did until some ms before
  setInterval(() => process.connected && process.send?.({ report: report() }), 10).unref()
  process.once('exit', () => writeFileSync(process.env.LEDGER ?? '/dev/null', JSON.stringify(report())))
  RED.events.on('flows:started', () => process.send?.({ started: true }))

  RED.nodes.registerType('source', function (this: Node, config: NodeDef) {
    RED.nodes.createNode(this, config)
    sources.set(this.id, this)
    this.on('input', (message, send, done) => {
      send(message)
      done()
    })
    this.on('close', () => sources.delete(this.id))
  })
}
