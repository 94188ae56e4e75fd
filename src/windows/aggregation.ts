import { type Cells, loadCells, newCells, saveCells } from '../aggregates/accumulators/cells'
import { addNumber, mergeNumbers, width } from '../aggregates/accumulators/numbers'
import type { AggregateRow } from '../config/aggregates'
import type { ExpressionCompiler } from '../expression/compiler'
import type { Getter } from '../expression/property'
import type { Timestamp } from '../record'
import type { Accumulators, SavedAccumulators } from './accumulators'
import { Columns, type Source } from './columns'
import { layOut } from './layout'
import { type Carried, Others } from './others'
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
  readonly others: Others
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
    this.others = new Others(others, columns, carrying)
    this.row = new ResultRow(results)
    this.cellsEach = 1 + blocks * width
    this.blank = newCells(this.cellsEach)
    this.whole = this.create()
  }

  create(): Accumulators {
    return { cells: this.createCells(), others: this.others.create() }
  }

  createCells(): Cells {
    return this.blank.slice()
  }

  /** Adds what was read last. */
  add({ cells, others }: Accumulators, time: Timestamp, arrival: number): void {
    this.addCells(cells, 0)
    if (others.length > 0) this.others.add(others, time, arrival)
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

  merge(into: Accumulators, other: Accumulators): void {
    this.mergeCells(into.cells, 0, other.cells, 0)
    this.others.merge(into.others, other.others)
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
    return cells[0] * this.others.heldPerRecord
  }

  /** The payload: an object of named results, or the bare value; see `ResultRow`. */
  result(accumulators: Accumulators, start: Timestamp, end: Timestamp, carried?: Carried): unknown {
    return this.row.read(accumulators, start, end, carried)
  }

  /** The topic that all records share; `undefined` where they share none. */
  topic({ others }: Accumulators): string | undefined {
    return sharedBy(others[this.topicPlace] as Topics)
  }

  save({ cells, others }: Accumulators): SavedAccumulators {
    return { cells: saveCells(cells), others: this.others.save(others) }
  }

  load({ cells, others }: SavedAccumulators): Accumulators {
    return { cells: loadCells(cells), others: this.others.load(others) }
  }
}
