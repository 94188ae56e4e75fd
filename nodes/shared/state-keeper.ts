import type { Node, NodeAPI } from 'node-red'
import type { Stage } from '#engine/stage/stage'
import { CutShort } from '#engine/state/cut'
import { label, open } from '#engine/state/envelope'
import { toText } from '#engine/state/lines'
import { formatDuration } from '#engine/time/duration'
import { inPieces } from './pieces'
import type { StateStore } from './state-store'
import { words } from './words'

/** How long the last save may take, of the time that Node-RED leaves a node to close, ms. */
const usualPatience = 10_000
/** Beyond this setInterval would not wait at all, ms. */
const longestInterval = 2 ** 31 - 1
/** How often it is told that nothing can be saved, and after how long that a store does not answer, ms. */
const minute = 60_000
/** After a reset the state is saved at once, but not more often than this, ms. */
const second = 1000

interface SaveOptions {
  /** The node ends: nothing is lost. */
  isLast?: boolean
  /** No crash from now on must bring an older state back. */
  isUrgent?: boolean
}

/** Saves the state of a node at intervals and when it closes, and brings it back when it starts. */
export class StateKeeper {
  private timer: NodeJS.Timeout | undefined
  private savedRevision = -1
  /** The clock when what is kept was as it is here. */
  private savedAt = Date.now()
  /** Of all that is kept, the newest time: what is saved is newer, though the clock was put back. */
  private newest = -Infinity
  private saving: Promise<void> = Promise.resolve()
  /** The save that is under way, and the clock when it began. */
  private current: AbortController | undefined
  private begunAt = 0
  private restored: Promise<void> = Promise.resolve()
  private warnedAt = -Infinity
  /** Is what is kept to be without something that it may still have? */
  private hasForgotten = false
  private isForgetting = false
  private afterReset: NodeJS.Timeout | undefined
  private whileReading: NodeJS.Timeout | undefined

  /** `checkpoint`: ms between snapshots. */
  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node,
    private readonly stage: Stage,
    private readonly store: StateStore,
    private readonly checkpoint: number,
    private readonly patience = usualPatience
  ) {}

  /** Brings back what was kept; says so where something was lost, or cannot be used, or is long in coming. Never rejects. */
  restore(): Promise<void> {
    this.whileReading = setTimeout(() => this.say('unread'), minute).unref()
    return (this.restored = this.read())
  }

  private async read(): Promise<void> {
    try {
      await this.take()
    } catch (error) {
      this.say('unreadable', { problem: (error as Error).message })
      await this.store.putAside().catch(() => undefined)
    }
    clearTimeout(this.whileReading)
    this.timer = setInterval(() => this.saveChanges(), Math.min(this.checkpoint, longestInterval)).unref()
    // what is kept no longer is of a node that has ended: a crash before the first checkpoint is told too
    this.saveChanges()
  }

  private async take(): Promise<void> {
    const stored = await this.store.load()
    if (stored === undefined) return
    this.newest = stored.savedAt
    const opened = await open(stored, this.stage.identity)
    if ('refusal' in opened) {
      this.say(opened.refusal)
      if (opened.refusal !== 'otherConfiguration') await this.store.putAside()
      return
    }
    try {
      this.stage.restore(opened.state)
    } catch {
      this.stage.reset()
      this.say('corrupt')
      await this.store.putAside()
      return
    }
    this.savedAt = stored.savedAt
    if (!stored.isLast) this.node.log(words(this.RED, 'state.crashed', this.lost))
  }

  /** A checkpoint: nothing is saved where nothing has changed, or where a save is under way. */
  private saveChanges(): void {
    if (this.current !== undefined) {
      if (Date.now() - this.begunAt >= minute) this.complain('unanswered', this.lost)
    } else if (this.stage.revision !== this.savedRevision) {
      void this.save()
    }
  }

  /** State was forgotten on purpose: also what is kept must be without it, whatever happens next. */
  forgot(): void {
    this.hasForgotten = true
    if (!this.isForgetting) void this.forget()
  }

  /** Each save that is begun here comes to its end: what is forgotten meanwhile is for the next, however long one takes. */
  private async forget(): Promise<void> {
    this.isForgetting = true
    while (this.hasForgotten) {
      this.hasForgotten = false
      await this.save({ isUrgent: true })
      await new Promise<void>(resolve => (this.afterReset = setTimeout(resolve, second).unref()))
    }
    this.isForgetting = false
  }

  /** Saves the state as it is when it is its turn; a save that is under way is given up. Never rejects. */
  save(options: SaveOptions = {}): Promise<void> {
    this.current?.abort()
    const own = (this.current = new AbortController())
    return (this.saving = this.saving.then(async () => {
      if (own.signal.aborted) return
      try {
        await this.write(own.signal, options)
      } catch (error) {
        if (!own.signal.aborted) this.failed(error as Error, options)
      }
      if (this.current === own) this.current = undefined
    }))
  }

  private async write(signal: AbortSignal, { isLast = false, isUrgent = false }: SaveOptions): Promise<void> {
    const { stage, store } = this
    const { revision } = stage
    const now = (this.begunAt = Date.now())
    this.newest = Math.max(now, this.newest + 1)
    const text = inPieces(toText(stage.snapshot()), signal)
    await store.save(label(stage.identity, this.newest, isLast), text, { isUrgent, signal })
    this.savedRevision = revision
    this.savedAt = now
  }

  private failed(error: Error, { isLast }: SaveOptions): void {
    // all was forgotten meanwhile: another save follows
    if (error instanceof CutShort) return
    const problem = error.message
    if (isLast) this.say('unsavedLast', { problem, ...this.lost })
    else this.complain('unsaved', { problem })
  }

  private complain(key: string, values: Record<string, string>): void {
    const now = Date.now()
    if (now - this.warnedAt < minute) return
    this.warnedAt = now
    this.say(key, values)
  }

  private get lost(): Record<string, string> {
    return { saved: new Date(this.savedAt).toISOString(), checkpoint: formatDuration(this.checkpoint) }
  }

  private say(key: string, values: Record<string, string> = {}): void {
    this.node.warn(words(this.RED, `state.${key}`, values))
  }

  /** The node ends: the last snapshot is saved, or what is lost is said. `end` comes before it is taken. */
  async close(isRemoved: boolean, end: () => Promise<void>): Promise<void> {
    let clock: NodeJS.Timeout | undefined
    const late = new Promise<'late'>(resolve => (clock = setTimeout(() => resolve('late'), this.patience)))
    if ((await Promise.race([this.end(isRemoved, end), late])) === 'late') {
      this.current?.abort()
      this.say('slow', this.lost)
    }
    clearTimeout(clock)
    clearTimeout(this.whileReading)
  }

  private async end(isRemoved: boolean, end: () => Promise<void>): Promise<void> {
    // what was not read yet must not be overwritten by a state without it
    await this.restored
    clearInterval(this.timer)
    clearTimeout(this.afterReset)
    await end()
    this.hasForgotten = false
    if (!isRemoved) return this.save({ isLast: true })
    this.current?.abort()
    await this.saving
    await this.store.remove().catch(() => undefined)
  }
}
