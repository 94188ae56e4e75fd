import type { Aggregate } from '../aggregate'
import { counted } from './count'

/** Records, or values of a field, per second of window length. None: 0; a window without length: `null`. */
export const rate: Aggregate<{ n: number }> = {
  accumulation: counted,
  input: 'any',
  counts: true,
  result({ n }, { start, end }) {
    if (n === 0) return 0
    return end > start ? (n * 1000) / (end - start) : null
  }
}
