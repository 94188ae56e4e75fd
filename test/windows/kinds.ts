import type { Config } from './driver'

/** Every kind of window, and statistics: the node and its configuration, in ms and records. */
export const kinds: Readonly<Record<string, { slug: string; config: Config }>> = {
  'a tumbling window': { slug: 'time-window', config: { size: 10 } },
  'a hopping window': { slug: 'time-window', config: { windowType: 'hopping', size: 20, slide: 10 } },
  'a cumulative window': { slug: 'time-window', config: { windowType: 'cumulative', size: 20, step: 10 } },
  'a window with lateness': { slug: 'time-window', config: { size: 10, lateness: 20 } },
  'a session': { slug: 'time-window', config: { windowType: 'session', gap: 20 } },
  'a session with lateness': { slug: 'time-window', config: { windowType: 'session', gap: 20, lateness: 20 } },
  'a sliding window': { slug: 'time-window', config: { windowType: 'sliding', size: 20 } },
  'a count window': { slug: 'count-window', config: { size: 4 } },
  'a sliding count window': { slug: 'count-window', config: { size: 4, slide: 1 } },
  'statistics over a time': { slug: 'stats', config: { value: 'payload.v', scope: 'time', size: 20 } },
  'statistics of the last records': { slug: 'stats', config: { value: 'payload.v', scope: 'count', size: 4 } },
  'statistics of all records': { slug: 'stats', config: { value: 'payload.v' } },
  'a hopping window of many slices': { slug: 'time-window', config: { windowType: 'hopping', size: 30, slide: 5 } }
}
