/** A series whose anomalies are known. */
export interface Labelled {
  name: string
  times: Float64Array
  values: Float64Array
  /** First and last row of each labelled window, in order. */
  windows: [first: number, last: number][]
}

/** What alarms at one threshold are worth. */
export interface NabResult {
  /** 100: each window found at its first row and nothing else; 0: no alarm at all. */
  score: number
  threshold: number
  /** Windows with an alarm, of all that reach beyond the first rows. */
  found: number
  windows: number
  alarms: number
  falseAlarms: number
  /** Rows from the begin of a found window to its first alarm. */
  delays: number[]
}

const falseAlarmCost = 0.11
/** Share of the rows, at most of 5,000, in which a detector may learn: what it says there does not count. */
const unjudged = 0.15

const firstJudged = (rows: number): number => Math.floor(Math.min(unjudged * rows, unjudged * 5000))

/** Worth of an alarm at a place relative to its window: -1 its left edge, 0 its right edge, beyond: a false alarm. */
const worth = (place: number): number => (place > 3 ? -1 : 2 / (1 + Math.exp(5 * place)) - 1)

interface Alarm {
  score: number
  /** Of all windows of all series; -1: it lies in none. */
  window: number
  gain: number
  /** Rows since its window began. */
  delay: number
}

/** Each row that counts, as an alarm; windows are numbered from `firstWindow`. */
function alarmsOf({ windows, values }: Labelled, scores: ArrayLike<number>, firstWindow: number): Alarm[] {
  const rows = values.length
  const alarms: Alarm[] = []
  let w = -1 // the last window that has begun
  for (let i = 0; i < rows; i++) {
    while (w + 1 < windows.length && i >= windows[w + 1][0]) w++
    if (i < firstJudged(rows)) continue
    const [first, last] = windows[w] ?? [0, -1]
    const length = last - first + 1
    const isInside = w >= 0 && i <= last
    const gain = isInside
      ? worth(-(last - i + 1) / length) / worth(-1)
      : w < 0
        ? -1
        : worth((i - last) / Math.max(1, length - 1))
    alarms.push({ score: scores[i], window: isInside ? firstWindow + w : -1, gain, delay: isInside ? i - first : 0 })
  }
  return alarms
}

/**
 * The score of the Numenta Anomaly Benchmark, standard profile (Lavin & Ahmad 2015), over series and the scores of their
 * rows. Without a `threshold` the best one is taken, which flatters: it was chosen with the labels.
 */
export function nabScore(
  all: readonly Labelled[],
  scores: readonly ArrayLike<number>[],
  threshold?: number
): NabResult {
  const windows = all.reduce((sum, series) => sum + series.windows.length, 0)
  let begun = 0
  const alarms = all.flatMap((series, i) => {
    const some = alarmsOf(series, scores[i], begun)
    begun += series.windows.length
    return some
  })
  const reachable = new Set(alarms.map(({ window }) => window).filter(window => window >= 0)).size
  const sorted = alarms.filter(({ score }) => !(score < (threshold ?? -Infinity))).sort((a, b) => b.score - a.score)

  const gains = new Float64Array(windows)
  const delays = new Map<number, number>()
  let [raw, falseAlarms, at] = [-reachable, 0, 0]
  const scaled = (): number => (100 * (raw + reachable)) / (windows + reachable)
  const result = (of: number): NabResult => ({
    score: scaled(),
    threshold: of,
    found: delays.size,
    windows: reachable,
    alarms: at,
    falseAlarms,
    delays: [...delays.values()]
  })
  let best = result(threshold ?? Infinity)
  while (at < sorted.length) {
    const { score } = sorted[at]
    for (; at < sorted.length && sorted[at].score === score; at++) {
      const { window, gain, delay } = sorted[at]
      if (window < 0) {
        raw += falseAlarmCost * gain
        falseAlarms++
      } else if (!delays.has(window) || gain > gains[window]) {
        raw += gain - (delays.has(window) ? gains[window] : -1)
        gains[window] = gain
        delays.set(window, delay)
      }
    }
    if (threshold === undefined && scaled() > best.score) best = result(score)
  }
  return threshold === undefined ? best : result(threshold)
}
