import type { Accumulation } from '../aggregate'
import { type Cells, newCells } from '../aggregates/accumulators/numbers'

/** The accumulators of all aggregates of a node: numbers side by side in one array, the others as objects. */
export interface Accumulators {
  /** How many records, then one block of cells for each column of numbers. */
  cells: Cells
  others: unknown[]
}

/** An accumulation that has an object of its own, and the column that it takes its values from. */
export interface Slot {
  accumulation: Accumulation<unknown, unknown>
  column: number
  isNumber: boolean
}

/** Accumulators as plain JSON data. Cells that JSON does not know (an overflow) are written as text. */
export interface SavedAccumulators {
  cells: (number | string)[]
  others: unknown[]
}

const toJson = (cell: number): number | string => (Number.isFinite(cell) ? cell : String(cell))

export function saveAccumulators({ cells, others }: Accumulators, slots: readonly Slot[]): SavedAccumulators {
  return {
    cells: Array.from(cells, toJson),
    others: others.map((other, i) => slots[i].accumulation.save?.(other) ?? structuredClone(other))
  }
}

export function loadAccumulators({ cells, others }: SavedAccumulators, slots: readonly Slot[]): Accumulators {
  return {
    cells: copyInto(newCells(cells.length), cells),
    others: others.map((other, i) => slots[i].accumulation.load?.(other) ?? structuredClone(other))
  }
}

function copyInto(cells: Cells, saved: readonly (number | string)[]): Cells {
  for (let i = 0; i < saved.length; i++) cells[i] = Number(saved[i])
  return cells
}
