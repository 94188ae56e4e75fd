/** Is it an object with names for its parts, and neither a list nor a bare value? */
export const hasFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a value brings into a row: its own fields, else itself as the field `value`. */
export const fieldsOf = (value: unknown): Record<string, unknown> => (hasFields(value) ? value : { value })
