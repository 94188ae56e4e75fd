import { type Detector, type DetectorOptions, inUnitsOf, judge, leastKnown, unjudged } from './detector'
import { SortedWindow } from './sorted-window'

/** Distance beyond the nearer quartile of the last `window` values in interquartile ranges (Tukey's fences). */
export function iqr(options: DetectorOptions): Detector {
  const past = new SortedWindow(options.window)
  const least = leastKnown(options)
  return {
    score(value) {
      if (past.count < least) return unjudged
      const low = past.quantile(0.25)
      const high = past.quantile(0.75)
      const range = high - low
      const beyond = value > high ? value - high : value < low ? value - low : 0
      const margin = options.threshold * range
      const deviation = inUnitsOf(range, beyond)
      return judge(deviation, options, past.quantile(0.5), low - margin, high + margin)
    },
    learn: value => past.push(value),
    snapshot: () => past.snapshot(),
    restore: state => past.restore(state as string)
  }
}
