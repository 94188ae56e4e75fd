import { isBefore } from '../aggregate'
import { type Cells, newCells } from '../aggregates/accumulators/cells'
import { addNumber, countOf, mergeNumbers, numbers, width } from '../aggregates/accumulators/numbers'
import type { AggregateRow } from '../config/aggregates'
import type { ExpressionCompiler } from '../expression/compiler'
import type { Getter } from '../expression/property'
import type { Timestamp } from '../record'
import {
  type Accumulators,
  type Carried,
  loadAccumulators,
  saveAccumulators,
  type SavedAccumulators,
  type Other
} from './accumulators'
import { Columns, type Source } from './columns'
import { type Result, ResultRow } from './result-row'
import { sharedBy, sharedTopic, type Topics } from './shared-topic'

const topicOf: Getter = ({ topic }) => (typeof topic === 'string' ? topic : false)

interface Options {
  /** What an empty field stands for. */
  payload?: Source
  /** Notes the topic that all records share, for results without a key. */
  seesTopic?: boolean
  /** Records are sent on, so that others may change what was read of them. */
  areSentOn?: boolean
}

/**
 * The aggregates of a node as one: each field is read once a record, each accumulation kept once a field.
 * A record is read before it is added, so that a bad value is told before anything is touched.
 */
export class Aggregation {
  readonly columns: Columns
  /** What the `others` of accumulators are of, by their places. */
  readonly others: Other[] = []
  /** The places of all of them; of those whose values can be taken out again, and of those that slide by merging. */
  readonly places: readonly number[]
  readonly removable: readonly number[]
  readonly stacked: readonly number[]
  /** The places of those whose key's last value before the window is asked for. */
  private readonly carrying: readonly number[]
  /** How many values one record adds to those that are held. */
  readonly heldPerRecord: number
  /** How many cells accumulators have. */
  readonly cellsEach: number
  private readonly blank: Cells
  /** How many columns of numbers have a block of cells; they are the first. */
  private readonly blocks: number
  private readonly row: ResultRow
  private readonly payload: Source
  private readonly topicPlace: number

  constructor(
    rows: readonly AggregateRow[],
    compiler: ExpressionCompiler,
    { payload = { text: 'payload', type: 'msg' }, seesTopic = false, areSentOn = false }: Options = {}
  ) {
    this.columns = new Columns(compiler, areSentOn)
    this.payload = payload
    for (const row of rows) if (row.aggregate.accumulation === numbers) this.column(row, true)
    this.blocks = this.columns.numbers.length
    this.cellsEach = 1 + this.blocks * width
    this.blank = newCells(this.cellsEach)
    this.row = new ResultRow(rows.map(row => this.resultOf(row)))
    this.carrying = [...new Set(rows.filter(({ aggregate }) => aggregate.carries).map(row => this.placeOf(row)))]
    this.topicPlace = this.others.length
    if (seesTopic) {
      this.others.push({ accumulation: sharedTopic, column: this.columns.addOwn(topicOf), isNumber: false })
    }
    this.places = this.others.map((_, i) => i)
    this.removable = this.places.filter(i => this.others[i].accumulation.remove)
    this.stacked = this.places.filter(i => !this.others[i].accumulation.remove)
    this.heldPerRecord = this.others.filter(({ accumulation }) => accumulation.holds).length
  }

  private source({ field, fieldType }: AggregateRow): Source {
    return field === '' ? this.payload : { text: field, type: fieldType }
  }

  private column(row: AggregateRow, isNumber: boolean): number {
    return this.columns.place(this.source(row), isNumber, row.field === '' ? 'value' : 'aggregates')
  }

  private placeOf(row: AggregateRow): number {
    const accumulation = row.aggregate.accumulation as Other['accumulation']
    const isNumber = row.aggregate.input === 'number'
    const column = this.column(row, isNumber)
    const found = this.others.findIndex(
      other => other.accumulation === accumulation && other.column === column && other.isNumber === isNumber
    )
    return found >= 0 ? found : this.others.push({ accumulation, column, isNumber }) - 1
  }

  private resultOf(row: AggregateRow): Result {
    const { aggregate, as, field } = row
    const result = aggregate.result as Result['result']
    const ofCount = (n: (cells: Cells) => number): Result => ({
      as,
      place: -1,
      at: 0,
      result: (cells, span) => result({ n: n(cells as Cells) }, span, 0)
    })
    if (aggregate.counts && field === '') return ofCount(cells => cells[0])
    const block = this.columns.numbersOf(this.source(row))
    const at = 1 + block * width
    if (aggregate.accumulation === numbers) return { as, place: -1, at, result }
    // where the field is read as a number anyway, its values are counted there
    if (aggregate.counts && block >= 0 && block < this.blocks) return ofCount(cells => countOf(cells, at))
    return { as, place: this.placeOf(row), at: 0, result }
  }

  create(): Accumulators {
    return { cells: this.blank.slice(), others: this.createOthers() }
  }

  createOthers(): unknown[] {
    const { others } = this
    return others.length === 0 ? none : others.map(({ accumulation }) => accumulation.create())
  }

  /** Adds what was read last. */
  add({ cells, others }: Accumulators, time: Timestamp, arrival: number): void {
    this.addCells(cells, 0)
    if (others.length > 0) this.addOthers(others, time, arrival, this.places)
  }

  /** Adds the numbers that were read last to the cells that begin at `at`. */
  addCells(cells: Cells, at: number): void {
    const { numbers } = this.columns
    cells[at]++
    for (let i = 0; i < this.blocks; i++) {
      const value = numbers[i]
      if (value === value) addNumber(cells, at + 1 + i * width, value)
    }
  }

  /** Adds what was read last to some of the accumulators that are objects. */
  addOthers(others: unknown[], time: Timestamp, arrival: number, which: readonly number[]): void {
    for (const i of which) {
      const value = this.valueOf(this.others[i])
      if (value !== null) this.others[i].accumulation.add(others[i], value, time, arrival)
    }
  }

  /** Takes what was read last out of some of them that can forget it. */
  removeOthers(others: unknown[], time: Timestamp, arrival: number, which: readonly number[]): void {
    for (const i of which) {
      const value = this.valueOf(this.others[i])
      if (value !== null) this.others[i].accumulation.remove?.(others[i], value, time, arrival)
    }
  }

  /** The value that one of them takes in what was read last; `null` where there is none. */
  private valueOf({ column, isNumber }: Other): unknown {
    if (!isNumber) return this.columns.values[column]
    const value = this.columns.numbers[column]
    return value === value ? value : null
  }

  merge(into: Accumulators, other: Accumulators): void {
    this.mergeCells(into.cells, 0, other.cells, 0)
    this.mergeOthers(into.others, other.others, this.places)
  }

  /** Merges some of the accumulators that are objects. */
  mergeOthers(into: unknown[], others: readonly unknown[], which: readonly number[]): void {
    for (const i of which) this.others[i].accumulation.merge(into[i], others[i])
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

  /** The payload: an object of named results, or the bare value; see `ResultRow`. */
  result(accumulators: Accumulators, start: Timestamp, end: Timestamp, carried?: Carried): unknown {
    return this.row.read(accumulators, start, end, carried)
  }

  /** Does a result ask for the key's last value before the window? */
  get carries(): boolean {
    return this.carrying.length > 0
  }

  /** Keeps the newest value of each that carries one into the next window. */
  carry(into: Carried, others: readonly unknown[]): void {
    for (const place of this.carrying) {
      const latest = this.others[place].accumulation.latest?.(others[place]) ?? null
      const known = into[place] ?? null
      if (latest !== null && (known === null || isBefore(known, latest))) into[place] = latest
    }
  }

  /** The topic that all records share; `undefined` where they share none. */
  topic({ others }: Accumulators): string | undefined {
    return sharedBy(others[this.topicPlace] as Topics)
  }

  save(accumulators: Accumulators): SavedAccumulators {
    return saveAccumulators(accumulators, this.others)
  }

  load(saved: SavedAccumulators): Accumulators {
    return loadAccumulators(saved, this.others)
  }
}

/** Shared by all accumulators without others; nothing is ever put in. */
const none: unknown[] = []
