// Texts of the locale files. Each node has a catalog of its own; what all share stands in that of stream-settings.
const name = 'node-red-contrib-stream-analytics'

/** say(key, values) of one node type. */
export const wordsOf = type => (key, values) => globalThis.RED._(`${name}/${type}:${key}`, values)

/** say(key, values) of what all nodes share. */
export const shared = wordsOf('stream-settings')

/** say(key, values) of a row: of what all nodes share, or of the one node type that `say` is of. */
export const wordsOfRow = (row, say) => (row.isShared ? shared : say)

/** A problem of checks.mjs in words. */
export const problemWords = ({ key, ...values }) => shared(`problem.${key}`, values)
