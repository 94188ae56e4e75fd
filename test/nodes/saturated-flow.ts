import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Node, NodeAPI } from 'node-red'
import { StateKeeper } from '#engine/nodes/shared/state-keeper'
import { stateStore } from '#engine/nodes/shared/state-store'
import { specs } from '#engine/operators/index'
import { Stage } from '#engine/stage/stage'
import { portsWith } from '../stage/ports'

/** How many records the flow handles in a turn of the event loop. */
const eachTurn = 100

/**
 * The time that this thread has spent, ms: what else runs on this computer does not count. Where Node cannot tell it (20),
 * the time that has passed.
 */
function spent(): number {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => NodeJS.CpuUsage }
  if (threadCpuUsage === undefined) return performance.now()
  const { user, system } = threadCpuUsage.call(process)
  return (user + system) / 1000
}

/** What happened while the flow ran. */
export interface Passage {
  records: number
  /** CPU of the process, ms. */
  cpu: number
  /** The longest time that was spent between two turns of the flow, ms. */
  pause: number
}

/** A node with many keys in a flow that never rests; its snapshots go to a real folder. */
export class SaturatedFlow {
  readonly stage: Stage
  private readonly keeper: StateKeeper
  private readonly userDir = mkdtempSync(join(tmpdir(), 'stream-analytics-'))
  private time = 1.7e12
  private next = 0
  private readonly topics: string[]

  /** `checkpoint`: ms between snapshots. */
  constructor(name: string, config: Record<string, unknown>, keys: number, checkpoint: number) {
    this.topics = Array.from({ length: keys }, (_, i) => `device ${i}`)
    const settings = { time: 'time', timeType: 'msg', maxAhead: '' }
    this.stage = new Stage(specs[name], config, portsWith(settings, { now: Date.now, maxHeld: Infinity }))
    const RED = {
      _: (key: string) => key,
      settings: { userDir: this.userDir, contextStorage: { disk: { module: 'localfilesystem' } } }
    } as unknown as NodeAPI
    const context = {
      get: (_key: string, _store: string, take: (error: null) => void) => take(null),
      set: (_key: string, _value: unknown, _store: string, take: (error: null) => void) => take(null)
    }
    const say = (text: string): never => {
      throw new Error(text)
    }
    const node = { id: 'node', context: () => context, warn: say, log: say } as unknown as Node
    this.keeper = new StateKeeper(RED, node, this.stage, stateStore(RED, node, 'disk'), checkpoint)
  }

  /** `count` records of each key, in turn, 1 ms apart. */
  fill(count: number): void {
    for (let i = 0; i < count * this.topics.length; i++) this.record()
  }

  private record(): void {
    const { topics, next } = this
    const outcome = this.stage.receive({
      topic: topics[next % topics.length],
      payload: (next * 7919) % 1009,
      time: this.time++
    })
    if (outcome !== undefined) throw outcome as Error
    this.next++
  }

  /** Starts to save at intervals. */
  start(): Promise<void> {
    return this.keeper.restore()
  }

  /** Lets the flow run until `isOver`, which gets the records handled so far. */
  async run(isOver: (records: number) => boolean): Promise<Passage> {
    let records = 0
    let pause = 0
    const cpu = process.cpuUsage()
    for (let last = spent(); !isOver(records); records += eachTurn) {
      await nextTurn()
      pause = Math.max(pause, spent() - last)
      for (let i = 0; i < eachTurn; i++) this.record()
      last = spent()
    }
    const { user, system } = process.cpuUsage(cpu)
    return { records, cpu: (user + system) / 1000, pause }
  }

  /** Saves the state once while the flow runs, until it is saved. */
  async checkpoint(): Promise<Passage> {
    let isSaved = false
    const passage = this.run(() => isSaved)
    await this.keeper.save()
    isSaved = true
    return passage
  }

  async close(): Promise<void> {
    await this.keeper.close(true, () => Promise.resolve())
    rmSync(this.userDir, { recursive: true, force: true })
  }
}
