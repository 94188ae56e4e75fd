import { ConfigError } from '../../errors'
import type { Operator, Output } from '../../operator'
import type { Key, Message, Timestamp } from '../../record'
import type { Keyed } from '../../state/keyed'
import { keyedOperator } from '../../state/keyed-operator'
import { HeldRows, type JoinOptions } from './held'
import { joined } from './result'
import { type Row, RowTable, type SavedRows } from './row-table'

/** Of one key: left rows that wait for their time, and the versions of the right side. */
interface Versions {
  left: Row
  right: Row
  /** Times of the first and the last version that was dropped. */
  gone?: { from: Timestamp; to: Timestamp }
}

interface LatestOptions extends JoinOptions {
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
  const rows = new RowTable()
  const held = new HeldRows<Versions>({
    limits,
    span: 0,
    create: () => ({ left: 0, right: 0 }),
    held: () => rows.size,
    tidy: ({ left, right }) => left !== 0 || right !== 0,
    onGone({ left, right }) {
      rows.dropAll(left)
      rows.dropAll(right)
    }
  })
  const { keys } = held

  /** The version that a left row of `time` takes. */
  function versionAt({ right }: Versions, time: Timestamp): Message | undefined {
    const row = rows.upTo(right, time)
    return row !== 0 && rows.timeOf(row) >= time - ttl ? rows.messageOf(row) : undefined
  }

  /** Was the version that a left row of `time` would take dropped? */
  const isGone = ({ right, gone }: Versions, time: Timestamp): boolean =>
    gone !== undefined && rows.timeOf(right) > time && gone.from <= time && gone.to >= time - ttl

  /** Is there a newer version for every left row that may still come? */
  function isSuperseded(state: Versions | undefined, time: Timestamp): boolean {
    if (time + ttl < keys.watermark) return true
    if (state === undefined || time > keys.watermark) return false
    const newest = rows.upTo(state.right, keys.watermark)
    return newest !== 0 && rows.timeOf(newest) > time
  }

  function dropFirst(state: Versions): void {
    const time = rows.timeOf(state.right)
    state.gone = { from: state.gone?.from ?? time, to: time }
    state.right = rows.dropFirst(state.right)
  }

  const isSecondDue = ({ right }: Versions): boolean =>
    rows.after(right) !== 0 && rows.timeOf(rows.after(right)) <= keys.watermark

  /** Drops the versions that no left row can take any more. */
  function prune({ lastSeen, state }: Keyed<Versions>): void {
    const { watermark } = keys
    while (rows.timeOf(state.right) < watermark - ttl || isSecondDue(state)) dropFirst(state)
    if (lastSeen + keyTtl <= watermark && state.left === 0) forget(state)
  }

  function forget(state: Versions): void {
    rows.dropAll(state.right)
    state.right = 0
    state.gone = undefined
  }

  /** Has the key looked at when its next left row is due, or a version may go. */
  function schedule(entry: Keyed<Versions>): void {
    const { left, right } = entry.state
    const second = rows.timeOf(rows.after(right))
    const silent = right !== 0 ? entry.lastSeen + keyTtl : Infinity
    keys.timers.add(entry.slot, Math.min(rows.timeOf(left), second, rows.timeOf(right) + ttl + 1, silent))
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

  /** Emits the left rows whose time has come. */
  function takeDue(entry: Keyed<Versions>, output: Output): void {
    const { key, state } = entry
    const times: Timestamp[] = []
    const messages: Message[] = []
    const versions: (Message | undefined)[] = []
    for (let row = state.left; rows.timeOf(row) <= keys.watermark; row = state.left = rows.dropFirst(row)) {
      const time = rows.timeOf(row)
      times.push(time)
      messages.push(rows.messageOf(row))
      versions.push(versionAt(state, time))
    }
    prune(entry)
    schedule(entry)
    for (let i = 0; i < times.length; i++) emit(messages[i], versions[i], times[i], key, output)
  }

  return keyedOperator({
    keys,
    process({ value, time }, output) {
      const found = place(value)
      if (found === undefined) return output.divert(value, time, null)
      const { side, key } = found
      const known = keys.get(key)
      if (known && known.lastSeen + keyTtl <= time && known.state.left === 0) {
        keys.changing(known)
        forget(known.state)
      }
      if (side === 'left' && time <= keys.watermark) return takeAtOnce(value, time, key, output)
      if (side === 'right' && (key === null || isSuperseded(known?.state, time))) return output.divert(value, time, key)
      const entry = held.at(key, time)
      entry.state[side] = rows.insert(entry.state[side], time, value)
      prune(entry)
      schedule(entry)
    },
    onDue: takeDue,
    onClear: () => rows.clear(),
    holdings: () => ({ keys: keys.size, open: rows.size }),
    save: ({ left, right, gone }) => ({ left: rows.save(left), right: rows.save(right), gone: gone && { ...gone } }),
    load(saved) {
      const { left, right, gone } = saved as { left: SavedRows; right: SavedRows; gone?: Versions['gone'] }
      return { left: rows.load(left), right: rows.load(right), gone: gone && { ...gone } }
    },
    schedule
  })
}
