import { createHash } from 'node:crypto'

/** A snapshot as it is stored: its state as JSON text, and what is needed to trust it. */
export interface Envelope {
  /** Format of the state. */
  v: number
  /** What the state belongs to: the type of the node and the fields that give its state a meaning. */
  of: string
  savedAt: number
  /** Was it the last one, of a node that ended in order? */
  isLast: boolean
  checksum: string
  state: string
}

/** Formats grow by one with each change of what a snapshot holds; older ones are migrated. */
export const currentFormat = 1

/** From a format to the next one: `migrations[1]` takes a state of format 1. */
const migrations: Readonly<Record<number, (state: unknown) => unknown>> = {}

/** Why a stored snapshot is not used. */
export type Refusal =
  /** It is no snapshot, or is damaged. */
  | 'corrupt'
  /** A newer version of the package wrote it. */
  | 'tooNew'
  /** The configuration has changed so that the state means nothing any more. */
  | 'otherConfiguration'

const checksumOf = (state: string): string => createHash('sha256').update(state).digest('hex')

/** Packs a state, which is plain JSON data. */
export function seal(state: unknown, of: string, savedAt: number, isLast: boolean): Envelope {
  const text = JSON.stringify(state)
  return { v: currentFormat, of, savedAt, isLast, checksum: checksumOf(text), state: text }
}

const isEnvelope = (stored: unknown): stored is Envelope => {
  const { v, of, savedAt, checksum, state } = (stored ?? {}) as Partial<Envelope>
  return (
    typeof v === 'number' &&
    typeof of === 'string' &&
    typeof savedAt === 'number' &&
    typeof checksum === 'string' &&
    typeof state === 'string'
  )
}

/** The state that was packed, migrated to the current format; or why it cannot be used. */
export function open(stored: unknown, of: string): { state: unknown } | { refusal: Refusal } {
  if (!isEnvelope(stored)) return { refusal: 'corrupt' }
  if (stored.v > currentFormat) return { refusal: 'tooNew' }
  if (checksumOf(stored.state) !== stored.checksum) return { refusal: 'corrupt' }
  if (stored.of !== of) return { refusal: 'otherConfiguration' }
  let state: unknown
  try {
    state = JSON.parse(stored.state)
  } catch {
    return { refusal: 'corrupt' }
  }
  for (let format = stored.v; format < currentFormat; format++) {
    if (!Object.hasOwn(migrations, format)) return { refusal: 'corrupt' }
    state = migrations[format](state)
  }
  return { state }
}
