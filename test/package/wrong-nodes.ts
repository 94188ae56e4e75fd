import type { ShortNode } from './flows'

const wrong: [node: ShortNode, words: string][] = [
  [{ type: 'stream-map', expression: '1 +', expressionType: 'js' }, 'expression must be a JavaScript expression'],
  [{ type: 'stream-map', expression: '$sum(', expressionType: 'jsonata' }, 'expression must be a JSONata expression'],
  [{ type: 'stream-map', expression: '' }, 'expression must not be empty, got ""'],
  [{ type: 'stream-map', expression: '1', target: 'a..b' }, 'target must be a property path'],
  [{ type: 'stream-map', expression: '1', target: '__proto__.x' }, 'target must not write __proto__'],
  [{ type: 'stream-filter', condition: '((', conditionType: 'js' }, 'condition must be a JavaScript expression'],
  [{ type: 'stream-count-window', size: '2.5' }, 'size must be a whole number from 1, got "2.5"'],
  [{ type: 'stream-count-window', key: 'a[', size: '2' }, 'key must be a property path'],
  [
    { type: 'stream-time-window', size: 'soon' },
    'size must be a duration such as 500ms, 10s, 5m, 2h or 1d, got "soon"'
  ],
  [{ type: 'stream-time-window', windowType: 'hopping', size: '10s', slide: '3s' }, 'slide must divide size'],
  [{ type: 'stream-time-window', aggregates: [{ fn: 'avg' }] }, 'aggregates[0].fn must be one of count, sum, mean'],
  [{ type: 'stream-join', mode: 'sideways' }, 'mode must be one of interval, window, latest, got "sideways"'],
  [{ type: 'stream-join', right: 'r' }, 'left must not be empty, got ""'],
  [
    { type: 'stream-join', mode: 'interval', left: 'l', joinType: 'inner', lower: '5s', upper: '1s' },
    'lower must not be above upper'
  ],
  [{ type: 'stream-stats', scope: 'count', size: 'ten' }, 'size must be a whole number from 1, got "ten"'],
  [{ type: 'stream-anomaly', method: 'magic' }, 'method must be one of'],
  [{ type: 'stream-anomaly', method: 'zscore', threshold: '-1' }, 'threshold must be more than 0, got -1'],
  [{ type: 'stream-map', expression: '1', settings: 'absent' }, 'settings must be a stream-settings node']
]

/** Nodes with a mistake in their configuration, each with words that tell of it. */
export const wrongNodes = wrong.map(([node, words], i) => ({ id: `wrong${i}`, node, words }))
