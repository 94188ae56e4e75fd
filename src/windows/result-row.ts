import type { Span } from '../aggregate'
import type { Cells } from '../aggregates/accumulators/cells'
import type { Timestamp } from '../record'
import { copy } from '../state/copy'
import { written } from '../written'
import type { Accumulators } from './accumulators'
import type { Carried } from './others'

/** How one result is read. `place`: of its object among the `others`; -1: it is read from the cells at `at`. */
export interface Result {
  as: string
  at: number
  place: number
  result(accumulator: unknown, span: Span, at: number): unknown
}

/** The payload of a window: an object of named results, or one bare value. */
export class ResultRow {
  private readonly span: Span = { start: NaN, end: NaN, before: null }
  private readonly row: (cells: Cells, others: readonly unknown[], carried: Carried | undefined) => unknown

  constructor(results: readonly Result[]) {
    const { span } = this
    // a result may be data of a message that is still held: whoever changes one must not change the other
    const kept = ({ place, at, result }: Result, others: readonly unknown[], carried: Carried | undefined): unknown => {
      span.before = carried?.[place] ?? null
      return copy(result(others[place], span, at))
    }
    const scope: Record<string, unknown> = { span, kept }
    const values = results.map((result, i) => {
      scope[`result${i}`] = result.place < 0 ? result.result : result
      return result.place < 0 ? `result${i}(cells, span, ${result.at})` : `kept(result${i}, others, carried)`
    })
    const isBare = results.length === 1 && results[0].as === ''
    const row = isBare ? values[0] : `{ ${values.map((value, i) => `${fieldOf(results[i].as)}: ${value}`).join(', ')} }`
    this.row = written(`(cells, others, carried) => (${row})`, scope)
  }

  /** The window is [start, end); `carried` is what is known of the time before. */
  read({ cells, others }: Accumulators, start: Timestamp, end: Timestamp, carried?: Carried): unknown {
    this.span.start = start
    this.span.end = end
    return this.row(cells, others, carried)
  }
}

/** A name in an object literal; in brackets it is a field even where it names the prototype. */
const fieldOf = (name: string): string => (name === '__proto__' ? `['__proto__']` : JSON.stringify(name))
