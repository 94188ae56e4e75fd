import assert from 'node:assert/strict'
import { specs } from '#engine/operators/index'
import type { Key, Message } from '#engine/record'
import { headerOf } from '#engine/stage/header'
import { isControl } from '#engine/stage/controls'
import type { Warning } from '#engine/stage/ports'
import { Stage } from '#engine/stage/stage'
import { portsWith } from '../stage/ports'
import { type Outcome, rounded, type Row } from './oracle/oracle'

export type Config = Readonly<Record<string, unknown>>

/** Where there are no keys, what is named by a topic. */
const withTopic = ({ payload, topic }: Message): unknown =>
  typeof payload === 'object' ? { ...payload, topic } : payload

/** A stage on its own: what it sends is gathered, and the clock stands where it is put. */
export class Driver {
  now = 0
  /** What each message was refused with. */
  readonly errors: string[] = []
  /** All that was sent, but for control messages. */
  readonly sent: Message[] = []
  /** What the user was told, once each. */
  readonly warnings: Warning[] = []
  private stage: Stage
  private outcome: Outcome = { out: [], late: [] }

  constructor(
    private readonly slug: string,
    private readonly config: Config,
    private readonly settings: Config,
    private readonly surroundings: { isLive?: boolean; upstream?: readonly string[]; maxHeld?: number } = {}
  ) {
    this.stage = this.make()
  }

  private make(): Stage {
    const ports = portsWith(this.settings, {
      isLive: false,
      ...this.surroundings,
      now: () => this.now,
      send: (port, message) => this.note(port, message),
      warn: warning => this.warnings.push(warning)
    })
    return new Stage(specs[this.slug], this.config, ports)
  }

  private note(port: 0 | 1, message: Message): void {
    if (isControl(message)) return
    this.sent.push(message)
    const { payload, window } = message as { payload: unknown; window?: Row['window'] }
    if (Array.isArray(payload) && this.config.batch === true) return this.noteBatch(port, message)
    if (port === 1) return void this.outcome.late.push((payload as { id: number }).id)
    const { key, time } = headerOf(message) as { key: Key; time: number }
    const result = window && this.config.keyType === 'none' ? withTopic(message) : payload
    this.outcome.out.push({ key, time, ...(window && { window }), result: rounded(result) })
  }

  /** The rows of a batch, as if each had come by itself. */
  private noteBatch(port: 0 | 1, message: Message): void {
    const { times = [] } = headerOf(message) ?? {}
    const rows = message.payload as Record<string, unknown>[]
    if (port === 1) return void this.outcome.late.push(...rows.map(({ id }) => id as number))
    for (const [i, { key, start, end, kind, value: _, ...result }] of rows.entries()) {
      const window = { start, end, ...(kind !== undefined && { kind }) } as Row['window']
      const hasWindow = this.slug !== 'stats'
      this.outcome.out.push({ key: key as Key, time: times[i], ...(hasWindow && { window }), result: rounded(result) })
    }
  }

  /** How many keys are known, and how much is open. */
  holdings(): { keys: number; open: number } {
    const { keys, open } = this.stage.holdings()
    return { keys, open }
  }

  /** When, by the wall clock, the stage asks to be woken. */
  wakeAt(): number {
    return this.stage.wakeAt()
  }

  /** What came out since it was asked last. */
  taken(): Outcome {
    const { outcome } = this
    this.outcome = { out: [], late: [] }
    return outcome
  }

  receive(message: Message): void {
    const refusal = this.stage.receive(message)
    if (refusal instanceof Error) this.errors.push(refusal.message)
    else assert.equal(refusal, undefined)
  }

  /** A stream node upstream tells its watermark without a record. */
  observe(source: string, watermark: number): void {
    this.stage.observe(source, watermark)
  }

  /** The stream nodes upstream are these, as the wires show. */
  expect(upstream: readonly string[]): void {
    this.stage.expect(upstream)
  }

  /** The clock goes on; the stage, if not asleep, is woken when it asked for it. */
  pass(time: number, isAsleep = false): void {
    const until = this.now + time
    if (isAsleep) {
      this.now = until
      return
    }
    for (let wake = this.stage.wakeAt(); wake <= until; wake = this.stage.wakeAt()) {
      this.now = Math.max(this.now, Math.ceil(wake))
      this.stage.tick()
    }
    this.now = until
  }

  /** The clock is put back, which wakes the stage. */
  putBack(by: number): void {
    this.now -= by
    this.stage.tick()
  }

  /** A snapshot is taken, as at a checkpoint. */
  save(): void {
    JSON.stringify(this.stage.snapshot())
  }

  /**
   * Everything is forgotten but a snapshot, as text. `wired`: the stream nodes upstream, found before the state is there
   * or after.
   */
  restart({ wired, isFoundFirst = false }: { wired?: readonly string[]; isFoundFirst?: boolean } = {}): void {
    const text = JSON.stringify(this.stage.snapshot())
    this.stage = this.make()
    if (wired && isFoundFirst) this.stage.expect(wired)
    this.stage.restore(JSON.parse(text))
    if (wired && !isFoundFirst) this.stage.expect(wired)
    this.stage.tick()
  }
}
