// The rows that all nodes have.
const isKeyed = ({ keyType }) => keyType !== 'none'

/** How records are told apart; a join has keys of its own. */
export const key = { name: 'key', value: 'topic', kind: 'typed', types: ['msg', 'jsonata', 'none'], isShared: true }

export const batch = { name: 'batch', value: false, kind: 'flag', isShared: true }

/** The list of aggregates; a new window takes the mean of the payload. */
export const aggregates = {
  name: 'aggregates',
  value: [{ fn: 'mean', field: 'payload', fieldType: 'msg', arg: '', as: '' }],
  kind: 'aggregates',
  isShared: true
}

/** Flat rows for tables and databases. */
export const flatRows = { name: 'rows', value: false, kind: 'flag', isShared: true }

/** The topic of sample records, for previews, and their key. */
export const sampleTopic = 'sensor/1'
export const sampleKey = values => (isKeyed(values) ? sampleTopic : null)
