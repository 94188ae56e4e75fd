import type { Cells } from '../aggregates/accumulators/cells'

/** The accumulators of all aggregates of a node: numbers side by side in one array, the others as objects. */
export interface Accumulators {
  /** How many records, then one block of cells for each column of numbers. */
  cells: Cells
  others: unknown[]
}

/** Accumulators as plain JSON data. */
export interface SavedAccumulators {
  cells: (number | string)[]
  others: unknown[]
}
