import type { Span } from '../aggregate'
import type { Timestamp } from '../record'
import { copy } from '../state/copy'
import type { Accumulators, Carried } from './accumulators'

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
  private readonly row: Record<string, unknown>
  private readonly isBare: boolean

  constructor(private readonly results: readonly Result[]) {
    this.isBare = results.length === 1 && results[0].as === ''
    this.row = Object.fromEntries(results.map(({ as }) => [as, null]))
  }

  /** The window is [start, end); `carried` is what is known of the time before. */
  read(accumulators: Accumulators, start: Timestamp, end: Timestamp, carried?: Carried): unknown {
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

  private value({ place, at, result }: Result, { cells, others }: Accumulators, carried: Carried | undefined): unknown {
    const { span } = this
    if (place < 0) return result(cells, span, at)
    span.before = carried?.[place] ?? null
    // it may be what a message brought, and still be held
    return copy(result(others[place], span, at))
  }
}
