/** What an expression came to, in a form that can be compared whatever made it. */
export interface Outcome {
  value?: unknown
  error?: { code: unknown; position: unknown; token: unknown; index: unknown }
}

/** Arrays with the marks JSONata puts on them, objects without their prototypes, functions by name. */
function comparable(value: unknown): unknown {
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return value === undefined ? 'nothing' : value
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) return 'a function'
  const entries = Object.entries(value).map(([name, part]) => [name, comparable(part)])
  return Array.isArray(value) ? { array: Object.fromEntries(entries) as unknown } : Object.fromEntries(entries)
}

/** Runs an expression to its end. */
export async function outcomeOf(run: () => unknown): Promise<Outcome> {
  try {
    return { value: comparable(await run()) }
  } catch (error) {
    const { code, position, token, index, name } = error as Record<string, unknown>
    return { error: { code: code ?? name, position, token, index } }
  }
}
