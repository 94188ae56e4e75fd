/** The value as it stands in an error message: JSON where possible, shortened. */
export function show(value: unknown): string {
  let text: string | undefined
  try {
    text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : JSON.stringify(value)
  } catch {
    // circular: the type has to do
  }
  return shortened(text ?? typeof value, 80)
}

/** A text in so many characters at most. */
export const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 3)}...` : text

/** What was thrown, as an error. */
export function toError(error: unknown): Error {
  if (error instanceof Error) return error
  try {
    return new Error(String(error))
  } catch {
    // an object that cannot be text
    return new Error(show(error))
  }
}

/** What is told to the user, in words that need no name of a class before them: Node-RED tells an error as its text. */
class ToldError extends Error {
  override toString(): string {
    return this.message
  }
}

/** A field that the user can mend in the editor: `slide must be in (0, size], got 90000`. */
export class ConfigError extends ToldError {
  override readonly name = 'ConfigError'
  constructor(
    readonly field: string,
    readonly problem: string,
    readonly got: unknown
  ) {
    super(`${field} ${problem}, got ${show(got)}`)
  }
}

/** One record is bad; the stream goes on as if it had never come: `payload.x must be a number, got "n/a"`. */
export class RecordError extends ToldError {
  override readonly name: string = 'RecordError'
  constructor(
    readonly property: string,
    readonly problem: string,
    readonly got: unknown
  ) {
    super(`${property} ${problem}, got ${show(got)}`)
  }
}

/** A record was refused because a buffer is full. Nothing older is lost, and its time still advances the watermark. */
export class BoundError extends RecordError {
  override readonly name = 'BoundError'
}
