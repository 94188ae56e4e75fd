import { aggregateRows } from '#engine/config/aggregates'
import { ExpressionCompiler } from '#engine/expression/compiler'
import { Aggregation } from '#engine/windows/aggregation'
import { SlidingRecords } from '#engine/windows/sliding-records'

const compiler = new ExpressionCompiler(() => assertNoJsonata())
function assertNoJsonata(): never {
  throw new Error('no expression is used here')
}

/** Aggregates as a node has them; rows are those of its configuration. */
export const aggregationOf = (rows: readonly Record<string, unknown>[]): Aggregation =>
  new Aggregation(aggregateRows([]).read([...rows], 'aggregates'), compiler)

/** The result for each of `values` over the last `size` of them, one a second. */
export function slide(rows: readonly Record<string, unknown>[], size: number, values: readonly unknown[]): unknown[] {
  const aggregation = aggregationOf(rows)
  const window = new SlidingRecords(aggregation)
  return values.map((payload, i) => {
    aggregation.columns.read({ payload })
    window.push(1000 * i, i)
    if (window.length > size) window.evict()
    return aggregation.result(window.total(), window.oldest, window.newest, window.carried)
  })
}
