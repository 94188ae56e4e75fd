import { aligned, hopping } from '../windows/oracle/aligned'
import type { Oracle, Summary } from '../windows/oracle/oracle'
import { utc } from '../windows/oracle/wall-clock'

/** The definition of hopping windows in UTC whose results are final. */
export const finalHopping = (size: number, slide: number, summary: Summary): Oracle =>
  aligned({
    windowsOf: hopping(size, slide, 0),
    slide,
    clock: utc,
    lateness: 0,
    emit: 'final',
    every: 0,
    emitEmpty: false,
    summary
  })
