import type { Accumulation, Sighting, Span } from '../aggregate'
import { type Cells, newCells } from '../aggregates/accumulators/cells'
import { addNumber, countOf, mergeNumbers, numbers, width } from '../aggregates/accumulators/numbers'
import type { AggregateRow } from '../config/aggregates'
import type { ExpressionCompiler } from '../expression/compiler'
import type { Getter } from '../expression/property'
import { toNumber } from '../number'
import type { Message, Timestamp } from '../record'
import {
  type Accumulators,
  loadAccumulators,
  saveAccumulators,
  type SavedAccumulators,
  type Slot
} from './accumulators'
import { sharedBy, sharedTopic, type Topics } from './shared-topic'

interface Column {
  /** Tells a property and an expression of the same text apart. */
  id: string
  property: string
  get: Getter
}

/** How one result is read. `slot`: its place among the others; -1: it is read from the cells at `at`. */
interface Result {
  as: string
  at: number
  slot: number
  carries: boolean
  result(accumulator: unknown, span: Span, at: number): unknown
}

const topicOf: Getter = ({ topic }) => (typeof topic === 'string' ? topic : false)

/** What was read of a record; NaN (in JSON null) is no number. */
export interface Reading {
  numbers: (number | null)[]
  values: unknown[]
}

/** What an empty field stands for. */
export interface DefaultField {
  text: string
  type: string
}

/**
 * The aggregates of a node as one: each field is read once a record, each accumulation kept once a field.
 * `read` comes before `add`, so that a bad value is told before anything is touched.
 */
export class Aggregation {
  /** Slots of the accumulators that are objects. */
  readonly slots: Slot[] = []
  /** Slots whose values can be taken out again, and those that slide by merging. */
  readonly removable: readonly number[]
  readonly stacked: readonly number[]
  /** How many values one record adds to those that are held. */
  readonly heldPerRecord: number
  /** Does a result ask for the key's last value before the window? */
  readonly carries: boolean
  /** What was read last. Columns of numbers come first; NaN stands for null. */
  readonly numbers: Float64Array
  readonly values: unknown[]
  /** How many cells accumulators have. */
  readonly cellsEach: number
  private readonly blank: Cells
  private readonly numberColumns: Column[] = []
  private readonly valueColumns: Column[] = []
  /** How many columns of numbers have a block of cells; they are the first. */
  private readonly blocks: number
  private readonly results: Result[]
  private readonly isBare: boolean
  private readonly row: Record<string, unknown>
  private readonly topicSlot: number
  private readonly span: Span = { start: NaN, end: NaN, before: null }

  /** `seesTopic`: notes the topic that all records share, for results without a key. */
  constructor(
    rows: readonly AggregateRow[],
    compiler: ExpressionCompiler,
    {
      payload = { text: 'payload', type: 'msg' },
      seesTopic = false
    }: { payload?: DefaultField; seesTopic?: boolean } = {}
  ) {
    const sourceOf = ({ field, fieldType }: AggregateRow): DefaultField =>
      field === '' ? payload : { text: field, type: fieldType }
    const idOf = ({ text, type }: DefaultField): string => `${type} ${text}`
    const inBlock = rows.filter(({ aggregate }) => aggregate.accumulation === numbers)
    const blockIds = [...new Set(inBlock.map(row => idOf(sourceOf(row))))]
    this.blocks = blockIds.length
    this.cellsEach = 1 + this.blocks * width
    this.blank = newCells(this.cellsEach)

    const column = (row: AggregateRow, isNumber: boolean): number => {
      const columns = isNumber ? this.numberColumns : this.valueColumns
      const source = sourceOf(row)
      const property = source.text
      const id = idOf(source)
      const found = columns.findIndex(other => other.id === id)
      if (found >= 0) return found
      const get = compiler.getter(property, source.type, row.field === '' ? 'value' : 'aggregates')
      return columns.push({ id, property, get }) - 1
    }
    for (const row of inBlock) column(row, true)
    this.results = rows.map(row => {
      const { aggregate, as, field } = row
      const { accumulation, carries = false, counts = false } = aggregate
      const result = { as, carries, result: aggregate.result as Result['result'] }
      const ofCount = (n: (cells: Cells) => number): Result => ({
        ...result,
        slot: -1,
        at: 0,
        result: (cells, span) => aggregate.result({ n: n(cells as Cells) }, span, 0)
      })
      if (counts && field === '') return ofCount(cells => cells[0])
      const block = blockIds.indexOf(idOf(sourceOf(row)))
      const at = 1 + block * width
      if (accumulation === numbers) return { ...result, slot: -1, at }
      // where the field is read as a number anyway, its values are counted there
      if (counts && block >= 0) return ofCount(cells => countOf(cells, at))
      const isNumber = aggregate.input === 'number'
      return {
        ...result,
        at: 0,
        slot: this.slot(accumulation as Slot['accumulation'], column(row, isNumber), isNumber)
      }
    })
    this.topicSlot = seesTopic
      ? this.slots.push({ accumulation: sharedTopic, column: this.valueColumns.length, isNumber: false }) - 1
      : -1
    if (seesTopic) this.valueColumns.push({ id: '', property: 'topic', get: topicOf })
    const places = this.slots.map((_, i) => i)
    this.removable = places.filter(i => this.slots[i].accumulation.remove)
    this.stacked = places.filter(i => !this.slots[i].accumulation.remove)
    this.heldPerRecord = this.slots.filter(({ accumulation }) => accumulation.holds).length
    this.carries = this.results.some(({ carries }) => carries)
    this.numbers = new Float64Array(this.numberColumns.length)
    this.values = this.valueColumns.map(() => null)
    this.isBare = rows.length === 1 && rows[0].as === ''
    this.row = Object.fromEntries(rows.map(({ as }) => [as, null]))
  }

  private slot(accumulation: Accumulation<unknown, unknown>, column: number, isNumber: boolean): number {
    const found = this.slots.findIndex(
      slot => slot.accumulation === accumulation && slot.column === column && slot.isNumber === isNumber
    )
    return found >= 0 ? found : this.slots.push({ accumulation, column, isNumber }) - 1
  }

  /** Reads the fields of a record. @throws RecordError naming the first that is bad */
  read(message: Message): void {
    const { numberColumns, valueColumns, numbers, values } = this
    for (let i = 0; i < numberColumns.length; i++) {
      const { get, property } = numberColumns[i]
      numbers[i] = toNumber(get(message), property) ?? NaN
    }
    for (let i = 0; i < valueColumns.length; i++) values[i] = valueColumns[i].get(message) ?? null
  }

  /** What was read last, to be kept. */
  get reading(): Reading {
    return { numbers: Array.from(this.numbers), values: this.values.slice() }
  }

  /** As if the record of this reading had just been read. */
  recall({ numbers, values }: Reading): void {
    for (let i = 0; i < numbers.length; i++) this.numbers[i] = numbers[i] ?? NaN
    for (let i = 0; i < values.length; i++) this.values[i] = values[i]
  }

  create(): Accumulators {
    return { cells: this.blank.slice(), others: this.createOthers() }
  }

  createOthers(): unknown[] {
    const { slots } = this
    return slots.length === 0 ? none : slots.map(({ accumulation }) => accumulation.create())
  }

  /** Adds what was read last. */
  add({ cells, others }: Accumulators, time: Timestamp, arrival: number): void {
    this.addCells(cells, 0)
    if (others.length > 0) this.addOthers(others, time, arrival)
  }

  /** Adds the numbers that were read last to the cells that begin at `at`. */
  addCells(cells: Cells, at: number): void {
    const { numbers } = this
    cells[at]++
    for (let i = 0; i < this.blocks; i++) {
      const value = numbers[i]
      if (value === value) addNumber(cells, at + 1 + i * width, value)
    }
  }

  addOthers(others: unknown[], time: Timestamp, arrival: number): void {
    const { slots } = this
    for (let i = 0; i < slots.length; i++) {
      const value = this.valueOf(slots[i])
      if (value !== null) slots[i].accumulation.add(others[i], value, time, arrival)
    }
  }

  /** The value of a slot in what was read last; `null` where there is none. */
  valueOf({ column, isNumber }: Slot): unknown {
    if (!isNumber) return this.values[column]
    const value = this.numbers[column]
    return value === value ? value : null
  }

  merge(into: Accumulators, other: Accumulators): void {
    this.mergeCells(into.cells, 0, other.cells, 0)
    this.mergeOthers(into.others, other.others)
  }

  mergeOthers(into: unknown[], others: unknown[]): void {
    const { slots } = this
    for (let i = 0; i < slots.length; i++) slots[i].accumulation.merge(into[i], others[i])
  }

  mergeCells(cells: Cells, at: number, other: Cells, from: number): void {
    cells[at] += other[from]
    for (let i = 0; i < this.blocks; i++) mergeNumbers(cells, at + 1 + i * width, other, from + 1 + i * width)
  }

  /** How many records were added. */
  records({ cells }: Accumulators): number {
    return cells[0]
  }

  /** How many values are held for order statistics and collections. */
  held({ cells }: Accumulators): number {
    return cells[0] * this.heldPerRecord
  }

  /**
   * The payload: an object of named results, or the bare value. The window is [start, end); `carried` is what `carry`
   * kept of the time before.
   */
  result(accumulators: Accumulators, start: Timestamp, end: Timestamp, carried?: Carried): unknown {
    const { results, span } = this
    span.start = start
    span.end = end
    if (this.isBare) return this.value(results[0], accumulators, carried)
    const row = { ...this.row }
    const { length } = results
    // a store that always meets the same name is three times faster than one in a loop
    row[results[0].as] = this.value(results[0], accumulators, carried)
    if (length > 1) row[results[1].as] = this.value(results[1], accumulators, carried)
    if (length > 2) row[results[2].as] = this.value(results[2], accumulators, carried)
    if (length > 3) row[results[3].as] = this.value(results[3], accumulators, carried)
    if (length > 4) row[results[4].as] = this.value(results[4], accumulators, carried)
    for (let i = 5; i < length; i++) row[results[i].as] = this.value(results[i], accumulators, carried)
    return row
  }

  private value({ slot, at, result }: Result, accumulators: Accumulators, carried: Carried | undefined): unknown {
    const { span } = this
    if (slot < 0) return result(accumulators.cells, span, at)
    span.before = carried?.[slot] ?? null
    return result(accumulators.others[slot], span, at)
  }

  /** Keeps the newest value of each slot that carries one into the next window. */
  carry(into: Carried, others: readonly unknown[]): void {
    for (const { slot, carries } of this.results) {
      if (!carries) continue
      const latest = this.slots[slot].accumulation.latest?.(others[slot]) ?? null
      const known = into[slot] ?? null
      if (latest !== null && (known === null || isBefore(known, latest))) into[slot] = latest
    }
  }

  /** The topic that all records share; `undefined` where they share none. */
  topic({ others }: Accumulators): string | undefined {
    return sharedBy(others[this.topicSlot] as Topics)
  }

  save(accumulators: Accumulators): SavedAccumulators {
    return saveAccumulators(accumulators, this.slots)
  }

  load(saved: SavedAccumulators): Accumulators {
    return loadAccumulators(saved, this.slots)
  }
}

/** Shared by all accumulators without others; nothing is ever put in. */
const none: unknown[] = []

/** For each slot, the key's newest value before a window. */
export type Carried = (Sighting | null)[]

const isBefore = (a: Sighting, b: Sighting): boolean => a.time < b.time || (a.time === b.time && a.arrival < b.arrival)
