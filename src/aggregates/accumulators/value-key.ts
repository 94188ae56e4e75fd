/** Numbers and booleans as they are, text behind a quotation mark, so that 1 and '1' differ; the rest as JSON. */
export type Key = string | number | boolean

/** What is equal for every value that counts as the same. */
export function keyOf(value: unknown): Key {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return typeof value === 'string' ? `"${value}` : keyOfOther(value)
}

/** Objects are equal where their JSON is; of what JSON does not know (a circular object, a bigint) its kind, or its text, is. */
function keyOfOther(value: unknown): string {
  let json: string | undefined
  try {
    json = JSON.stringify(value)
  } catch {
    // its text has to do
  }
  if (json === undefined) return `"${typeof value === 'object' ? Object.prototype.toString.call(value) : String(value)}`
  // a Date is written as text
  return json.startsWith('"') ? `"${JSON.parse(json)}` : json
}

/** The value of a key. */
export function valueOf(key: Key): unknown {
  if (typeof key !== 'string') return key
  return key.startsWith('"') ? key.slice(1) : JSON.parse(key)
}

/** An order of all keys: false, true, numbers, text, lists, objects. */
export const isLess = (a: Key, b: Key): boolean => (typeof a === typeof b ? a < b : typeof a < typeof b)
