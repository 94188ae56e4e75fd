import type { Node, NodeAPI } from 'node-red'
import { open, seal } from '#engine/state/envelope'
import type { Stage } from '#engine/stage/stage'
import { formatDuration } from '#engine/time/duration'
import type { StateStore } from './state-store'
import { words } from './words'

/** The last save gets so long of the time that Node-RED leaves a node to close. */
const patience = 10_000
/** Failing writes are told so often. */
const minute = 60_000

/** Saves the state of a node at intervals and when it closes, and brings it back when it starts. */
export class StateKeeper {
  private timer: NodeJS.Timeout | undefined
  private savedRevision = -1
  private saving: Promise<void> = Promise.resolve()
  private restored: Promise<void> = Promise.resolve()
  private warnedAt = -Infinity

  /** `checkpoint`: ms between snapshots. */
  constructor(
    private readonly RED: NodeAPI,
    private readonly node: Node,
    private readonly stage: Stage,
    private readonly store: StateStore,
    private readonly checkpoint: number
  ) {}

  /** Brings back what was kept; says so where something was lost, or cannot be used. */
  restore(): Promise<void> {
    return (this.restored = this.read())
  }

  private async read(): Promise<void> {
    try {
      const stored = await this.store.load()
      if (stored !== undefined && stored !== null) await this.take(stored)
    } catch (error) {
      this.say('unreadable', { problem: (error as Error).message })
    }
    this.savedRevision = this.stage.revision
    this.timer = setInterval(() => void this.save(false), this.checkpoint).unref()
  }

  private async take(stored: unknown): Promise<void> {
    const opened = open(stored, this.stage.identity)
    if ('refusal' in opened) {
      this.say(opened.refusal)
      if (opened.refusal !== 'otherConfiguration') await this.store.putAside(stored)
      return
    }
    try {
      this.stage.restore(opened.state)
    } catch {
      this.stage.restart()
      this.say('corrupt')
      await this.store.putAside(stored)
      return
    }
    const { isLast, savedAt } = stored as { isLast: boolean; savedAt: number }
    if (isLast) return
    const saved = new Date(savedAt).toISOString()
    this.node.log(words(this.RED, 'state.crashed', { saved, checkpoint: formatDuration(this.checkpoint) }))
  }

  /** Saves the state if it has changed. `isLast`: the node ends in order. Never rejects. */
  save(isLast: boolean): Promise<void> {
    this.saving = this.saving.then(async () => {
      const { revision } = this.stage
      if (revision === this.savedRevision && !isLast) return
      try {
        await this.store.save(seal(this.stage.snapshot(), this.stage.identity, Date.now(), isLast))
        this.savedRevision = revision
      } catch (error) {
        this.fail(error as Error)
      }
    })
    return this.saving
  }

  private fail({ message }: Error): void {
    const now = Date.now()
    if (now - this.warnedAt < minute) return
    this.warnedAt = now
    this.say('unsaved', { problem: message })
  }

  private say(key: string, values: Record<string, string> = {}): void {
    this.node.warn(words(this.RED, `state.${key}`, values))
  }

  /** The node ends: the last snapshot is saved, or what is lost is said. */
  async close(isRemoved: boolean): Promise<void> {
    let clock: NodeJS.Timeout | undefined
    const late = new Promise<'late'>(resolve => (clock = setTimeout(() => resolve('late'), patience)))
    const done = this.end(isRemoved)
    if ((await Promise.race([done, late])) === 'late') this.say('slow', { checkpoint: formatDuration(this.checkpoint) })
    clearTimeout(clock)
  }

  private async end(isRemoved: boolean): Promise<void> {
    // what was not read yet must not be overwritten by a state without it
    await this.restored
    clearInterval(this.timer)
    if (isRemoved) return this.store.remove().catch(() => undefined)
    await this.stage.settled
    await this.save(true)
  }
}
