import type { Getter } from '../expression/property'
import type { Message, Timestamp } from '../record'
import { ArrivalTiming } from './arrival-timing'
import { DeclaredTiming } from './declared-timing'
import { headerOf } from './header'
import { HeaderTiming } from './header-timing'
import type { StagePorts, Warning } from './ports'
import type { Timing } from './timing'

interface Saved {
  kind: Timing['kind']
  state: unknown
}

/** Where a stage has its time from: the settings say so, else the first record decides. */
export class TimeSource {
  /** `undefined`: nothing has decided yet. */
  timing: Timing | undefined
  /** What the headers told, also before the first record decides whether they count. */
  private headers: HeaderTiming
  private upstream: readonly string[] | undefined

  /** `declared`: reads the time where the settings declare it. `warn` may be called more than once. */
  constructor(
    private readonly ports: StagePorts,
    private readonly declared: Getter | undefined,
    private readonly warn: (warning: Warning) => void
  ) {
    this.upstream = ports.upstream
    this.headers = this.newHeaders()
    this.timing = this.fixed()
  }

  private newHeaders(): HeaderTiming {
    const { clock, isLive, settings } = this.ports
    const headers = new HeaderTiming(clock, isLive, settings.idleTimeout)
    if (this.upstream) headers.expect(this.upstream)
    return headers
  }

  /** What the settings say. */
  private fixed(): Timing | undefined {
    const { settings, clock, isLive } = this.ports
    if (settings.timeType === 'arrival') return this.arrival(true)
    if (this.declared === undefined) return undefined
    return new DeclaredTiming(this.declared, {
      property: settings.time,
      outOfOrderness: settings.outOfOrderness ?? 0,
      timezone: settings.timezone ?? 'UTC',
      ...(isLive && { idleTimeout: settings.idleTimeout, maxAhead: settings.maxAhead }),
      clock,
      onAhead: () => this.warn({ kind: 'ahead' })
    })
  }

  private arrival(isFirst: boolean): Timing {
    return new ArrivalTiming(this.ports.clock, isFirst, by => {
      // a clock is set by some ms now and then
      if (by > 1000) this.warn({ kind: 'clockBack', by })
    })
  }

  /** The timing for a record. */
  for(message: Message): Timing {
    return (this.timing ??= this.decide(message))
  }

  private decide(message: Message): Timing {
    const header = headerOf(message)
    if (header === undefined && message.stream !== undefined) this.warn({ kind: 'foreignHeader' })
    if (header === undefined || header.clock === 'arrival') return this.arrival(header === undefined)
    return this.headers
  }

  /** The timing as long as no record has decided: what the headers told counts. */
  get known(): Timing {
    return this.timing ?? this.headers
  }

  get isArrival(): boolean {
    return this.timing?.kind === 'arrival'
  }

  /** Do other nodes tell the time, as far as known? */
  get isTold(): boolean {
    return this.known === this.headers
  }

  /** A stream node upstream has come to `watermark` without a record. */
  observe(source: string, watermark: Timestamp): void {
    this.headers.observe(source, watermark)
  }

  /** The stream nodes that feed this one are these: others are not waited for. */
  expect(upstream: readonly string[]): void {
    this.upstream = upstream
    this.headers.expect(upstream)
  }

  /** The source that the watermark waits for, where several feed the node. */
  waitsFor(): string | undefined {
    return this.isTold ? this.headers.waitsFor() : undefined
  }

  /** As new; only who feeds the node is still known. */
  reset(): void {
    this.headers = this.newHeaders()
    this.timing = this.fixed()
  }

  /** Plain JSON data; `undefined` where nothing has decided yet. */
  snapshot(): unknown {
    const { timing } = this
    return timing && { kind: timing.kind, state: timing.snapshot() }
  }

  /** Goes on from a snapshot that was taken at `watermark` (`null`: before everything). */
  restore(saved: unknown, watermark: Timestamp | null): void {
    if (saved === undefined) return
    const { kind, state } = saved as Saved
    this.timing ??= kind === 'header' ? this.headers : this.arrival((state as { isFirst?: boolean }).isFirst ?? true)
    if (this.timing.kind === kind) this.timing.restore(state)
    if (watermark !== null) this.timing.raise(watermark)
  }
}
