import type { Accumulation } from '../aggregate'
import type { AggregateRow } from '../config/aggregates'
import { BoundError } from '../errors'
import type { ExpressionCompiler } from '../expression/compiler'
import type { Getter } from '../expression/property'
import { toNumber } from '../number'
import type { Message, Timestamp } from '../record'

/** One accumulator for each accumulation of each field. */
export type Accumulators = unknown[]

interface Column {
  property: string
  get: Getter
  isNumber: boolean
}

interface Slot {
  column: number
  accumulation: Accumulation<unknown, unknown>
}

const everyRecord: Getter = () => true

/**
 * The aggregates of a node as one: each field is read once a record, each accumulation kept once a field.
 * `read` comes before `add`, so that a bad value is told before anything is touched.
 */
export class Aggregation {
  private readonly columns: Column[] = []
  private readonly slots: Slot[] = []
  private readonly results: { as: string; slot: number; result: (accumulator: never) => unknown }[]
  private readonly isBare: boolean
  private readonly holding: number[]
  private readonly values: unknown[] = []

  /** `payload` is the property that an empty field stands for. */
  constructor(rows: readonly AggregateRow[], compiler: ExpressionCompiler, payload = { text: 'payload', type: 'msg' }) {
    this.isBare = rows.length === 1 && rows[0].as === ''
    const columns = new Map<string, number>()
    const slots = new Map<Accumulation<unknown>, Map<number, number>>()
    this.results = rows.map(({ aggregate, fn, field, fieldType, as }) => {
      const counts = fn === 'count' && field === ''
      const source = field === '' ? payload : { text: field, type: fieldType }
      const isNumber = aggregate.input === 'number'
      const id = counts ? '' : `${isNumber} ${source.type} ${source.text}`
      let column = columns.get(id)
      if (column === undefined) {
        column =
          this.columns.push({
            property: source.text,
            get: counts ? everyRecord : compiler.getter(source.text, source.type, 'aggregates'),
            isNumber
          }) - 1
        columns.set(id, column)
      }
      const accumulation = aggregate.accumulation as Accumulation<unknown>
      const ofColumns = slots.get(accumulation) ?? new Map<number, number>()
      slots.set(accumulation, ofColumns)
      let slot = ofColumns.get(column)
      if (slot === undefined) {
        slot = this.slots.push({ column, accumulation: accumulation }) - 1
        ofColumns.set(column, slot)
      }
      return { as, slot, result: aggregate.result as (accumulator: never) => unknown }
    })
    this.holding = this.slots.flatMap(({ accumulation }, i) => (accumulation.held ? [i] : []))
  }

  /** Reads the fields of a record. @throws RecordError naming the first that is bad */
  read(message: Message): void {
    for (let i = 0; i < this.columns.length; i++) {
      const { get, isNumber, property } = this.columns[i]
      const value = get(message)
      this.values[i] = isNumber ? toNumber(value, property) : value === undefined ? null : value
    }
  }

  /** What was read last, to be put back by `recall`. */
  get lastRead(): unknown[] {
    return this.values.slice()
  }

  /** As if the record of these values had just been read. */
  recall(values: readonly unknown[]): void {
    for (let i = 0; i < values.length; i++) this.values[i] = values[i]
  }

  create(): Accumulators {
    return this.slots.map(({ accumulation }) => accumulation.create())
  }

  /** Adds what was read last. */
  add(into: Accumulators, time: Timestamp, arrival: number): void {
    for (let i = 0; i < this.slots.length; i++) {
      const { column, accumulation } = this.slots[i]
      const value = this.values[column]
      if (value !== null) accumulation.add(into[i], value, time, arrival)
    }
  }

  merge(into: Accumulators, other: Accumulators): void {
    for (let i = 0; i < this.slots.length; i++) this.slots[i].accumulation.merge(into[i], other[i])
  }

  /** The payload: an object of named results, or the bare value. */
  result(accumulators: Accumulators): unknown {
    if (this.isBare) return this.results[0].result(accumulators[this.results[0].slot] as never)
    const row: Record<string, unknown> = {}
    for (const { as, slot, result } of this.results) row[as] = result(accumulators[slot] as never)
    return row
  }

  /** How many values one record adds to what is held. */
  get heldPerRecord(): number {
    return this.holding.length
  }

  /** How many values are held for order statistics and collections. */
  held(accumulators: Accumulators): number {
    let sum = 0
    for (const i of this.holding) sum += this.slots[i].accumulation.held?.(accumulators[i]) ?? 0
    return sum
  }
}

/** A bound on held values; the newest is refused. */
export class HeldBound {
  private held = 0
  constructor(private readonly limit: number) {}

  /** @throws BoundError where `more` would be too many */
  check(more: number): void {
    if (more > 0 && this.held + more > this.limit) {
      throw new BoundError(
        'nodeMessageBufferMaxLength',
        `allows ${this.limit} held values; one more was refused`,
        this.held
      )
    }
  }

  change(by: number): void {
    this.held += by
  }

  clear(): void {
    this.held = 0
  }
}
