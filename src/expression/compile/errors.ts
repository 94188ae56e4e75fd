import { show } from '../../errors'

/** What is known of a failure besides its code. */
interface Details {
  position?: number
  token?: unknown
  value?: unknown
  value2?: unknown
  index?: number
  type?: string
  exp?: unknown
  functionName?: string
  picture?: string
  message?: string
}

/** An expression that failed on its input, under the code that JSONata has for it. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  position?: number
  token?: unknown
  value?: unknown
  constructor(
    readonly code: string,
    details: Details
  ) {
    super(details.message)
    Object.assign(this, details)
  }
}

export function fail(code: string, details: Details = {}): never {
  throw new ExpressionError(code, details)
}

const wordings: Record<string, (error: Details) => string> = {
  D1001: ({ value }) => `a number is out of range: ${show(value)}`,
  D1002: ({ value }) => `only a number can be negated, got ${show(value)}`,
  D1004: ({ value }) => `the regular expression ${show(value)} matches an empty text`,
  D1009: ({ value }) => `two keys of an object are the same: ${show(value)}`,
  D1013: ({ value }) => `${show(value)} is reserved and cannot be a key`,
  D2014: ({ value }) => `a range must have at most 1e7 items, got ${show(value)}`,
  D3001: ({ value }) => `only a finite number can become text, got ${show(value)}`,
  D3010: () => 'argument 2 of $replace must not be empty',
  D3011: ({ value }) => `argument 4 of $replace must not be negative, got ${show(value)}`,
  D3012: ({ value }) => `the replacement of $replace must be a string, got ${show(value)}`,
  D3020: ({ value }) => `argument 3 of $split must not be negative, got ${show(value)}`,
  D3030: ({ value }) => `$number needs a number, got ${show(value)}`,
  D3040: ({ value }) => `argument 3 of $match must not be negative, got ${show(value)}`,
  D3050: () => 'argument 2 of $reduce must be a function of two or more arguments',
  D3060: ({ value }) => `$sqrt needs a number that is not negative, got ${show(value)}`,
  D3061: ({ value, exp }) => `$power(${show(value)}, ${show(exp)}) is no finite number`,
  D3070: () => '$sort without a function needs an array of numbers or of strings',
  D3080: () => 'a number picture must have at most two halves',
  D3081: ({ picture }) => `the picture ${show(picture)} must have one decimal separator at most`,
  D3082: ({ picture }) => `the picture ${show(picture)} must have one percent sign at most`,
  D3083: ({ picture }) => `the picture ${show(picture)} must have one per-mille sign at most`,
  D3084: ({ picture }) => `the picture ${show(picture)} must not have both percent and per-mille`,
  D3085: ({ picture }) => `the picture ${show(picture)} must have a digit`,
  D3086: ({ picture }) => `the picture ${show(picture)} must not have other characters between its digits`,
  D3087: ({ picture }) => `the picture ${show(picture)} must not group beside the decimal separator`,
  D3088: ({ picture }) => `the picture ${show(picture)} must not end with a grouping separator`,
  D3089: ({ picture }) => `the picture ${show(picture)} must not have two grouping separators side by side`,
  D3090: ({ picture }) => `the picture ${show(picture)} must not have an optional digit behind a needed one`,
  D3091: ({ picture }) => `the picture ${show(picture)} must not have a needed digit behind an optional one`,
  D3092: ({ picture }) => `the picture ${show(picture)} must not have both an exponent and percent or per-mille`,
  D3093: ({ picture }) => `the exponent of the picture ${show(picture)} must be digits`,
  D3100: ({ value }) => `argument 2 of $formatBase must be in [2, 36], got ${show(value)}`,
  D3110: ({ value }) => `$toMillis needs an ISO 8601 time, got ${show(value)}`,
  D3130: ({ value }) => `numbers cannot be written as a sequence that starts with ${show(value)}`,
  D3131: () => 'the digits of a picture must be of one script',
  D3132: ({ value }) => `a time picture has no component ${show(value)}`,
  D3133: ({ value }) => `the component ${show(value)} of a time has no name`,
  D3134: () => 'the offset of a time picture must have one to four digits',
  D3135: () => 'a time picture has a [ without its ]',
  D3138: () => '$single found more than one item',
  D3139: () => '$single found no item',
  D3140: ({ value, functionName }) => `$${functionName} cannot take ${show(value)}`,
  T0410: ({ index, token, value }) => `argument ${index} of $${String(token)} has the wrong type, got ${show(value)}`,
  T0411: ({ index, token, value }) =>
    `the context cannot be argument ${index} of $${String(token)}, got ${show(value)}`,
  T0412: ({ index, token, type }) => `argument ${index} of $${String(token)} must be an array of ${type}`,
  T1003: ({ value }) => `the key of an object must be a string, got ${show(value)}`,
  T1006: () => 'what is called must be a function',
  T1008: () => 'what is partially applied must be a function',
  T1010: ({ token }) => `the matcher of $${String(token)} does not give a match`,
  T2001: ({ token, value }) => `left of ${String(token)} must be a number, got ${show(value)}`,
  T2002: ({ token, value }) => `right of ${String(token)} must be a number, got ${show(value)}`,
  T2003: ({ value }) => `a range must start at an integer, got ${show(value)}`,
  T2004: ({ value }) => `a range must end at an integer, got ${show(value)}`,
  T2006: ({ value }) => `right of ~> must be a function, got ${show(value)}`,
  T2007: ({ value, value2 }) => `only values of one type can be sorted, got ${show(value)} and ${show(value2)}`,
  T2008: ({ value }) => `only numbers and strings can be sorted by, got ${show(value)}`,
  T2009: ({ token, value, value2 }) =>
    `both sides of ${String(token)} must be of one type, got ${show(value)} and ${show(value2)}`,
  T2010: ({ token, value }) => `both sides of ${String(token)} must be numbers or strings, got ${show(value)}`
}

/** The failure in words, now that all is known of it. */
export function worded(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string }
  if (code === undefined || typeof error !== 'object') return error
  const told = error instanceof ExpressionError ? error : new ExpressionError(code, { ...(error as Details) })
  told.message = wordings[code]?.(told) ?? message ?? code
  return told
}

/** The failure of a part of the expression: `position` and `token` say of which. */
export function located(error: unknown, position: number | undefined, token: unknown): unknown {
  return Object.assign(error as object, { position, token })
}
