import { isBefore } from '../aggregate'
import { type Cells, newCells } from '../aggregates/accumulators/cells'
import { addNumber, mergeNumbers, width } from '../aggregates/accumulators/numbers'
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
import { layOut } from './layout'
import { ResultRow } from './result-row'
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
 * The aggregates of a node as one. A record is read before it is added, so that a bad value is told before anything is
 * touched.
 */
export class Aggregation {
  readonly columns: Columns
  /** What the `others` of accumulators are of, by their places. */
  readonly others: readonly Other[]
  /** The places of all of them; of those whose values can be taken out again, and of those that slide by merging. */
  readonly places: readonly number[]
  readonly removable: readonly number[]
  readonly stacked: readonly number[]
  /** The places of those whose key's last value before the window is asked for. */
  private readonly carrying: readonly number[]
  /** How many values one record adds to those that are held. */
  readonly heldPerRecord: number
  /** What is read at once is put together here: in one place for all keys, which is in the cache. */
  readonly whole: Accumulators
  /** How many cells accumulators have. */
  readonly cellsEach: number
  private readonly blank: Cells
  private readonly blocks: number
  private readonly row: ResultRow
  private readonly topicPlace: number

  constructor(
    rows: readonly AggregateRow[],
    compiler: ExpressionCompiler,
    { payload = { text: 'payload', type: 'msg' }, seesTopic = false, areSentOn = false }: Options = {}
  ) {
    const columns = new Columns(compiler, areSentOn)
    const { blocks, others, results, carrying } = layOut(rows, columns, payload)
    this.topicPlace = others.length
    if (seesTopic) others.push({ accumulation: sharedTopic, column: columns.addOwn(topicOf), isNumber: false })
    this.columns = columns
    this.blocks = blocks
    this.others = others
    this.carrying = carrying
    this.row = new ResultRow(results)
    this.cellsEach = 1 + blocks * width
    this.blank = newCells(this.cellsEach)
    this.places = others.map((_, i) => i)
    this.removable = this.places.filter(i => others[i].accumulation.remove)
    this.stacked = this.places.filter(i => !others[i].accumulation.remove)
    this.heldPerRecord = others.filter(({ accumulation }) => accumulation.holds).length
    this.whole = this.create()
  }

  create(): Accumulators {
    return { cells: this.createCells(), others: this.createOthers() }
  }

  createCells(): Cells {
    return this.blank.slice()
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
