export const keys = 10_000
/** Between two checkpoints, where the settings say nothing, ms. */
export const interval = 30_000

const aggregates = ['mean', 'max', 'median'].map(fn => ({ fn }))
/** Nodes whose keys all hold much, and how many records fill each. */
export const checkpointed: [title: string, name: string, config: Record<string, unknown>, fill: number][] = [
  ['count windows of 100 records', 'count-window', { size: 100, slide: 10, aggregates }, 100],
  [
    'hopping windows of 10 slices',
    'time-window',
    { windowType: 'hopping', size: '1000s', slide: '100s', aggregates },
    100
  ],
  ['statistics of the last 100 records', 'stats', { scope: 'count', size: 100 }, 100],
  ['anomaly detection by the last 100 records', 'anomaly', { method: 'mad', window: 100 }, 100],
  [
    'joins',
    'join',
    { mode: 'latest', joinType: 'inner', side: 'payload', right: '', left: '-1', rightKey: 'topic', leftKey: 'topic' },
    3
  ]
]
