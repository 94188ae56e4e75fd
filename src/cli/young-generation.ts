import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Bytes of room for young objects from which on more of it makes no run faster. */
const enough = 16 * 2 ** 20

let mayGrow = true

/**
 * Ends the growth of V8's young generation where it is large enough; to be called now and then, as V8 takes no limit once
 * it runs. It would go on doubling to 64 MB, and hardly any record survives being read, computed and written anyway.
 */
export function boundYoungGeneration(): void {
  if (!mayGrow) return
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
  if (young === undefined || young.space_size < enough) return
  setFlagsFromString('--semi-space-growth-factor=1')
  mayGrow = false
}
