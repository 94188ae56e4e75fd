import { Cut } from './cut'
import { isPlain } from './plain'

/** Stands for the rows of a `Cut`, which come behind it. */
const rowsFollow = '\u0000rows'

type Part = Record<string, unknown>

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && isPlain(value)

/** A snapshot without the `Cut` in it; `found` gets that. */
function withoutRows(value: unknown, found: (cut: Cut) => void): unknown {
  if (value instanceof Cut) {
    found(value)
    return rowsFollow
  }
  if (!isPart(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutRows(part, found)]))
}

function withRows(value: unknown, rows: readonly unknown[]): unknown {
  if (value === rowsFollow) return rows
  if (!isPart(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withRows(part, rows)]))
}

/**
 * A snapshot as text, bit by bit: a line of JSON, and a line more for each key. No text is ever as long as the whole,
 * and nothing is done before it is asked for.
 */
export function* toText(snapshot: unknown): Generator<string> {
  let cut: Cut | undefined
  yield JSON.stringify(withoutRows(snapshot, found => (cut = found)))
  if (cut === undefined) return
  try {
    for (const row of cut) yield `\n${row}`
  } finally {
    cut.end()
  }
}

/** The way back; `pieces` are cut anywhere. @throws where it is not such a text */
export async function fromText(pieces: Iterable<string> | AsyncIterable<string>): Promise<unknown> {
  const parsed: unknown[] = []
  /** What is there of a line that goes on. */
  let begun: string[] = []
  for await (const piece of pieces) {
    const [end, ...lines] = piece.split('\n')
    begun.push(end)
    for (const line of lines) {
      parsed.push(JSON.parse(begun.join('')))
      begun = [line]
    }
  }
  parsed.push(JSON.parse(begun.join('')))
  return withRows(parsed[0], parsed.slice(1))
}
