import { setImmediate as nextTurn } from 'node:timers/promises'

/** What is done at a stretch before messages have their turn, ms. */
const stretch = 2
/** Pieces of text are about so long, in characters: each waits for a turn of the event loop, which may be a long one. */
const pieceLength = 1 << 18

/**
 * A long text bit by bit, put together to pieces, so that making it never stops the flow: whatever else is to be done has
 * its turn after each few ms. It ends with an error once `signal` is aborted.
 */
export async function* inPieces(bits: Iterable<string>, signal: AbortSignal): AsyncGenerator<string> {
  let piece: string[] = []
  let length = 0
  let end = performance.now() + stretch
  for (const bit of bits) {
    piece.push(bit)
    length += bit.length
    const isOver = performance.now() >= end
    if (!isOver && length < pieceLength) continue
    yield piece.join('')
    piece = []
    length = 0
    if (isOver) await nextTurn()
    signal.throwIfAborted()
    if (isOver) end = performance.now() + stretch
  }
  if (length > 0) yield piece.join('')
}
