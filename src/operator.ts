import type { Key, Message, StreamRecord, Timestamp } from './record'

/** Where an operator puts its results. */
export interface Output {
  /** A result, for output 1. */
  emit(message: Message, time: Timestamp, key: Key): void
  /** What is set aside, for output 2: rejected, late, unmatched or anomalous. */
  divert(message: Message, time: Timestamp, key: Key): void
}

/** What a status line tells: keys known, and what is held for them (open windows, buffered rows). */
export interface Holdings {
  keys: number
  open: number
  /** While no key has seen enough to judge: records seen of the key that has most, and how many it needs. */
  warming?: [seen: number, needed: number]
}

/**
 * One step of a stream. It knows time only from its records and from `onWatermark`, keeps its state in one place,
 * and updates it before it emits, for emitting may call back.
 */
export interface Operator {
  /**
   * Handles one record; the object `record` is the caller's, who may use it again for the next one.
   * @throws RecordError when it is bad; the state is then as if it had not come
   */
  process(record: StreamRecord, output: Output): void
  /** No record with a time <= `watermark` is to be expected any more. Never called with a smaller one than before. */
  onWatermark(watermark: Timestamp, output: Output): void
  /** The stream has ended: emits what is held. The caller resets the operator afterwards, and gives snapshots up. */
  flush(output: Output): void
  /** Forgets everything, or all there is of one key. */
  reset(key?: Key): void
  /** The smallest watermark that makes `onWatermark` emit; Infinity where none does. */
  due(): Timestamp
  /** How far the time of a result may lie behind the watermark, ms; absent: it never does where no record is late. */
  lag?: number
  /**
   * The wall clock shows `now`; called before each record and when `wakeAt` is reached. Only operators with a setting in
   * wall-clock time have these two.
   */
  onClock?(now: Timestamp, output: Output): void
  /** When, by the wall clock, `onClock` will have something to do; Infinity: never. */
  wakeAt?(): Timestamp
  /** How many keys are known and how much is open. */
  holdings(): Holdings
  /**
   * The whole state as plain JSON data, but for the states of keys: they are a `Cut`, which is read later, while the
   * operator goes on, and in JSON becomes an array.
   */
  snapshot(): unknown
  /** Replaces the state by a snapshot of the same operator with the same configuration. */
  restore(state: unknown): void
}

const nothing: Holdings = { keys: 0, open: 0 }

/** An operator without state: only `process` is its own. */
export function stateless(process: Operator['process']): Operator {
  return {
    process,
    onWatermark() {},
    flush() {},
    reset() {},
    due: () => Infinity,
    holdings: () => nothing,
    snapshot: () => null,
    restore() {}
  }
}
