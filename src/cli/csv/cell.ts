const number = /^-?(?:0|[1-9]\d*)(?:(\.\d+)(?:[eE][+-]?\d+)?|([eE][+-]\d+))?$/

/**
 * The value of a cell: nothing is null, a number is a number. Text that would not come back as it was stays text: leading
 * zeros (00501), whole numbers beyond 2^53, and 12e5, which is rather a name than a number.
 */
export function cellValue(text: string): string | number | null {
  if (text === '') return null
  const match = number.exec(text)
  if (match === null) return text
  const value = Number(text)
  const isWhole = match[1] === undefined && match[2] === undefined
  return isWhole ? (Number.isSafeInteger(value) ? value : text) : Number.isFinite(value) ? value : text
}

/** A value as the text of a cell: null is nothing, objects and arrays are JSON. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
