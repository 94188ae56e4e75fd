import { ConfigError } from '../../errors'
import type { Operator, Output } from '../../operator'
import { finite, type Key, type Message, type Timestamp } from '../../record'
import type { Keyed } from '../../state/keyed'
import { HeldRows, type JoinOptions } from './held'
import { joined } from './result'
import { Rows, type SavedRows } from './rows'
import { Schedule } from './schedule'

/** Of one key: left rows that wait for their time, and the versions of the right side. */
interface Versions {
  left: Rows
  right: Rows
  /** Times of the first and the last version that was dropped. */
  gone?: { from: Timestamp; to: Timestamp }
  due: Timestamp
}

export interface LatestOptions extends JoinOptions {
  /** How much older than the left row its version may be, ms; absent: as old as it likes. */
  ttl?: number
}

/**
 * Each left row takes the newest right row of its key at or before its own time, when the watermark reaches that time.
 * @throws ConfigError where `joinType` is neither inner nor left
 */
export function latestJoin({ joinType, ttl = Infinity, place, limits }: LatestOptions): Operator {
  if (joinType !== 'inner' && joinType !== 'left')
    throw new ConfigError('joinType', 'must be inner or left in a join with the latest', joinType)
  const { keyTtl = Infinity } = limits
  const held = new HeldRows<Versions>({
    limits,
    span: 0,
    create: () => ({ left: new Rows(), right: new Rows(), due: Infinity }),
    tidy: ({ left, right }) => left.size + right.size
  })
  const { keys } = held
  const schedule = new Schedule<Keyed<Versions>>()
  let watermark: Timestamp = -Infinity

  /** The version that a left row of `time` takes. */
  function versionAt({ right }: Versions, time: Timestamp): Message | undefined {
    const i = right.after(time) - 1
    return i >= right.head && right.times[i] >= time - ttl ? right.messages[i] : undefined
  }

  /** Was the version that a left row of `time` would take dropped? */
  const isGone = ({ right, gone }: Versions, time: Timestamp): boolean =>
    gone !== undefined && right.after(time) === right.head && gone.from <= time && gone.to >= time - ttl

  /** Is there a newer version for every left row that may still come? */
  function isSuperseded(state: Versions | undefined, time: Timestamp): boolean {
    if (time + ttl < watermark) return true
    if (state === undefined || time > watermark) return false
    const newest = state.right.after(watermark) - 1
    return newest >= state.right.head && state.right.times[newest] > time
  }

  function drop(state: Versions, to: number): void {
    const { right } = state
    if (to <= right.head) return
    state.gone = { from: state.gone?.from ?? right.oldest(), to: right.times[to - 1] }
    held.count -= to - right.head
    right.dropTo(to)
  }

  /** Drops the versions that no left row can take any more. */
  function prune({ lastSeen, state }: Keyed<Versions>): void {
    const { right } = state
    drop(state, right.after(watermark) - 1)
    drop(state, right.from(watermark - ttl))
    if (lastSeen + keyTtl <= watermark && state.left.size === 0) forget(state)
  }

  function forget(state: Versions): void {
    drop(state, state.right.end)
    state.gone = undefined
  }

  /** Has the key looked at when its next left row is due, or a version may go. */
  function scheduleNext(entry: Keyed<Versions>): void {
    const { left, right } = entry.state
    const second = right.size > 1 ? right.times[right.head + 1] : Infinity
    const silent = right.size > 0 ? entry.lastSeen + keyTtl : Infinity
    schedule.add(entry, Math.min(left.oldest(), second, right.oldest() + ttl + 1, silent))
  }

  function emit(message: Message, version: Message | undefined, time: Timestamp, key: Key, output: Output): void {
    if (version === undefined && joinType === 'inner') output.divert(message, time, key)
    else output.emit(joined(message, version, key, 'right'), time, key)
  }

  /** The left row's time has come: it takes what there is. */
  function takeAtOnce(message: Message, time: Timestamp, key: Key, output: Output): void {
    const state = keys.get(key)?.state
    if (state !== undefined && isGone(state, time)) output.divert(message, time, key)
    else emit(message, state && versionAt(state, time), time, key, output)
  }

  /** Emits the left rows whose time is `watermark`. */
  function takeDue(entry: Keyed<Versions>, output: Output): void {
    const { key, state } = entry
    const { left } = state
    const to = left.after(watermark)
    const times = left.times.slice(left.head, to)
    const messages = left.messages.slice(left.head, to) as Message[]
    const versions = times.map(time => versionAt(state, time))
    held.count -= times.length
    left.dropTo(to)
    prune(entry)
    scheduleNext(entry)
    for (let i = 0; i < times.length; i++) emit(messages[i], versions[i], times[i], key, output)
  }

  const operator: Operator = {
    process({ value, time }, output) {
      const found = place(value)
      if (found === undefined) return output.divert(value, time, null)
      const { side, key } = found
      const known = keys.get(key)
      if (known && known.lastSeen + keyTtl <= time && known.state.left.size === 0) forget(known.state)
      if (side === 'left' && time <= watermark) return takeAtOnce(value, time, key, output)
      if (side === 'right' && (key === null || isSuperseded(known?.state, time))) return output.divert(value, time, key)
      const entry = held.at(key, time)
      entry.state[side].insert(time, value)
      held.count++
      prune(entry)
      scheduleNext(entry)
    },
    onWatermark(next, output) {
      while (!schedule.isEmpty && schedule.next() <= next) {
        watermark = schedule.next()
        const entry = schedule.take()
        if (entry !== undefined) takeDue(entry, output)
      }
      watermark = Math.max(watermark, next)
      keys.sweep(next)
    },
    flush: output => operator.onWatermark(Infinity, output),
    reset(key) {
      if (key !== undefined) {
        const gone = keys.delete(key)
        if (gone === undefined) return
        held.count -= gone.state.left.size + gone.state.right.size
        gone.state.due = Infinity
        return
      }
      held.clear()
      schedule.clear()
      watermark = -Infinity
    },
    due: () => schedule.next(),
    holdings: () => ({ keys: keys.size, open: held.count }),
    snapshot: () => ({
      watermark: finite(watermark),
      keys: keys.snapshot(({ left, right, gone }) => ({
        left: left.save(),
        right: right.save(),
        gone: gone && { ...gone }
      }))
    }),
    restore(snapshot) {
      const saved = snapshot as { watermark: Timestamp | null; keys: unknown }
      operator.reset()
      watermark = saved.watermark ?? -Infinity
      keys.restore(saved.keys, state => {
        const { left, right, gone } = state as { left: SavedRows; right: SavedRows; gone?: Versions['gone'] }
        return { left: new Rows().load(left), right: new Rows().load(right), gone: gone && { ...gone }, due: Infinity }
      })
      for (const entry of keys.values()) {
        held.count += entry.state.left.size + entry.state.right.size
        scheduleNext(entry)
      }
    }
  }
  return operator
}
