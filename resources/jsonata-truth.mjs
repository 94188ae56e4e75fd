/** JSONata's $boolean, as the filter applies it: empty and all-false arrays, empty objects and functions are false. */
export function isTrue(value) {
  if (Array.isArray(value)) return value.length === 1 ? isTrue(value[0]) : value.some(isTrue)
  if (typeof value === 'function') return false
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value)
}
