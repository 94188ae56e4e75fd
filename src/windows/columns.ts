import type { ExpressionCompiler } from '../expression/compiler'
import type { Getter } from '../expression/property'
import { toNumber } from '../number'
import type { Message } from '../record'
import { copy } from '../state/copy'

/** A property or an expression whose values are aggregated. */
export interface Source {
  text: string
  type: string
}

interface Column {
  source: Source
  get: Getter
}

/** What was read of a record; NaN (in JSON null) is no number. */
export interface Reading {
  numbers: (number | null)[]
  values: unknown[]
}

const placeOf = ({ text, type }: Source, columns: readonly Column[]): number =>
  columns.findIndex(({ source }) => source.text === text && source.type === type)

/** The fields that are aggregated, each read once a record; what was read last is here until the next record is. */
export class Columns {
  /** NaN stands for null. */
  readonly numbers: number[] = []
  readonly values: unknown[] = []
  private readonly numberColumns: Column[] = []
  private readonly valueColumns: Column[] = []

  /** `areSentOn`: records are sent on, so that others may change what was read. */
  constructor(
    private readonly compiler: ExpressionCompiler,
    private readonly areSentOn = false
  ) {}

  /** Place of the column of numbers, or of values of any kind, of `source`. `field`: the setting that names it. */
  place(source: Source, isNumber: boolean, field: string): number {
    const found = placeOf(source, isNumber ? this.numberColumns : this.valueColumns)
    if (found >= 0) return found
    const column = { source, get: this.compiler.getter(source.text, source.type, field) }
    return isNumber ? this.addNumbers(column) : this.addValues(column)
  }

  /** Place of the column of numbers of `source`; -1 where there is none. */
  numbersOf(source: Source): number {
    return placeOf(source, this.numberColumns)
  }

  private addNumbers(column: Column): number {
    this.numbers.push(NaN)
    return this.numberColumns.push(column) - 1
  }

  private addValues(column: Column): number {
    this.values.push(null)
    return this.valueColumns.push(column) - 1
  }

  /** A column of values that are not named by a setting; returns its place. */
  addOwn(get: Getter): number {
    return this.addValues({ source: { text: '', type: '' }, get })
  }

  /** Reads the fields of a record. @throws RecordError naming the first that is bad */
  read(message: Message): void {
    const { numberColumns, valueColumns, numbers, values } = this
    for (let i = 0; i < numberColumns.length; i++) {
      const { get, source } = numberColumns[i]
      numbers[i] = toNumber(get(message), source.text) ?? NaN
    }
    for (let i = 0; i < valueColumns.length; i++) {
      const value = valueColumns[i].get(message) ?? null
      values[i] = this.areSentOn ? copy(value) : value
    }
  }

  /** What was read last, to be kept. */
  get reading(): Reading {
    return { numbers: this.numbers.slice(), values: this.values.slice() }
  }

  /** As if the record of this reading had just been read. */
  recall({ numbers, values }: Reading): void {
    for (let i = 0; i < numbers.length; i++) this.numbers[i] = numbers[i] ?? NaN
    for (let i = 0; i < values.length; i++) this.values[i] = values[i]
  }
}
