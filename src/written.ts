/**
 * Makes a function for one configuration from `source`, an expression in which the names of `scope` are constants. V8
 * keeps what it learns about values with the source of a function; a function that all configurations share meets too
 * many kinds of values to be made fast. Text of users must come in through `scope` or JSON.stringify.
 * @throws SyntaxError
 */
export function written<F>(source: string, scope: Readonly<Record<string, unknown>>): F {
  const names = Object.keys(scope).join(', ')
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const write = new Function('scope', `"use strict"; const { ${names} } = scope; return ${source}`) as (of: object) => F
  return write(scope)
}
