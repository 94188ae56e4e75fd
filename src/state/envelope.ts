import { createHash } from 'node:crypto'
import { fromText } from './lines'
import { currentFormat, migrations } from './migrations'

/** What is needed to trust a stored snapshot. */
export interface Label {
  /** Format of the state. */
  v: number
  /** What the state belongs to: the type of the node and the fields that give its state a meaning. */
  of: string
  savedAt: number
  /** Was it the last one, of a node that ended in order? */
  isLast: boolean
}

/** A snapshot as it is stored, but for its text. */
export interface Sealed extends Label {
  /** Of the text, SHA-256. */
  checksum: string
}

/** A snapshot whose text comes in pieces. */
export interface Stored extends Sealed {
  text: Iterable<string> | AsyncIterable<string>
}

/** The label of a snapshot that is taken now. */
export const label = (of: string, savedAt: number, isLast: boolean): Label => ({
  v: currentFormat,
  of,
  savedAt,
  isLast
})

/** Sums a text up, piece by piece. */
export function checksum(): { add(piece: string): void; sum(): string } {
  const hash = createHash('sha256')
  return { add: piece => void hash.update(piece), sum: () => hash.digest('hex') }
}

/** Why a stored snapshot is not used. */
type Refusal =
  /** It is no snapshot, or is damaged. */
  | 'corrupt'
  /** A newer version of the package wrote it. */
  | 'tooNew'
  /** The configuration has changed so that the state means nothing any more. */
  | 'otherConfiguration'

/** Has it all that a snapshot has, but perhaps its text? */
export function isSealed(stored: unknown): stored is Sealed {
  const { v, of, savedAt, checksum } = (stored ?? {}) as Partial<Sealed>
  return (
    Number.isInteger(v) &&
    (v as number) > 0 &&
    typeof of === 'string' &&
    typeof savedAt === 'number' &&
    typeof checksum === 'string'
  )
}

/**
 * The state of a stored snapshot, migrated to the current format; or why it cannot be used. It is used whole or not at
 * all. @throws what reading the text throws
 */
export async function open(stored: Stored, of: string): Promise<{ state: unknown } | { refusal: Refusal }> {
  if (!isSealed(stored)) return { refusal: 'corrupt' }
  if (stored.v > currentFormat) return { refusal: 'tooNew' }
  if (stored.of !== of) return { refusal: 'otherConfiguration' }
  const summed = checksum()
  let state: unknown
  try {
    state = await fromText(seen(stored.text, summed.add))
  } catch (error) {
    if (error instanceof SyntaxError) return { refusal: 'corrupt' }
    throw error
  }
  if (summed.sum() !== stored.checksum) return { refusal: 'corrupt' }
  for (let format = stored.v; format < currentFormat; format++) state = migrations[format](state)
  return { state }
}

/** The pieces, each shown to `see` before it is used. */
async function* seen(
  text: Iterable<string> | AsyncIterable<string>,
  see: (piece: string) => void
): AsyncGenerator<string> {
  for await (const piece of text) {
    see(piece)
    yield piece
  }
}
