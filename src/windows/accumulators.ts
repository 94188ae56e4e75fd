import type { Accumulation, Sighting } from '../aggregate'
import { type Cells, loadCells, saveCells } from '../aggregates/accumulators/cells'
import { toPlain } from '../state/plain'

/** The accumulators of all aggregates of a node: numbers side by side in one array, the others as objects. */
export interface Accumulators {
  /** How many records, then one block of cells for each column of numbers. */
  cells: Cells
  others: unknown[]
}

/** An accumulation that has an object of its own, and the column that it takes its values from. */
export interface Other {
  accumulation: Accumulation<unknown, unknown>
  column: number
  isNumber: boolean
}

/** For each of the others, the newest value of the key before a window. */
export type Carried = (Sighting | null)[]

/** Accumulators as plain JSON data. */
export interface SavedAccumulators {
  cells: (number | string)[]
  others: unknown[]
}

export function saveAccumulators({ cells, others }: Accumulators, of: readonly Other[]): SavedAccumulators {
  return {
    cells: saveCells(cells),
    others: others.map((other, i) => toPlain(of[i].accumulation.save?.(other) ?? other))
  }
}

export function loadAccumulators({ cells, others }: SavedAccumulators, of: readonly Other[]): Accumulators {
  return {
    cells: loadCells(cells),
    others: others.map((other, i) => of[i].accumulation.load?.(other) ?? structuredClone(other))
  }
}
