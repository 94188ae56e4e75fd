import assert from 'node:assert/strict'
import { setFlagsFromString } from 'node:v8'
import { newCells } from '#engine/aggregates/accumulators/cells'

describe('cells', () => {
  it('are zeros, as many as asked for', () => {
    for (const length of [1, 2, 9, 64, 1000]) assert.deepEqual(newCells(length), Array(length).fill(0))
  })

  it('are kept by V8 as doubles side by side, and so are their copies', () => {
    setFlagsFromString('--allow-natives-syntax')
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const areDoubles = new Function('cells', 'return %HasDoubleElements(cells)') as (cells: number[]) => boolean
    for (const length of [1, 9, 1000]) {
      const cells = newCells(length)
      for (const each of [cells, cells.slice()]) assert.ok(areDoubles(each), `${length} cells are no doubles`)
    }
  })
})
