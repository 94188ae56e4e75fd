/**
 * Writes a function for its configuration: `source` is an expression in which the names of `scope` are constants. What
 * V8 learns of values it keeps with the source, and one source that serves all configurations meets too many to learn
 * from. Texts of users belong into `scope`, or through JSON.stringify.
 * @throws SyntaxError
 */
export function written<F>(source: string, scope: Readonly<Record<string, unknown>>): F {
  const names = Object.keys(scope).join(', ')
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const write = new Function('scope', `"use strict"; const { ${names} } = scope; return ${source}`) as (of: object) => F
  return write(scope)
}
