import { type MethodName } from '#engine/detectors/index'
import { make, minute, normal, random, start } from '../detectors/streams'

/** A series that repeats itself, one cycle of which, at [from, to), is not like the others. */
interface Repeated {
  values: Float64Array
  /** The first value at which a detector has seen enough. */
  judged: number
  from: number
  to: number
}

type Cycle = (part: number) => number

const hump =
  (at: number, width: number, height: number): Cycle =>
  part => {
    const distance = part - at - Math.round(part - at)
    return height * Math.exp(-0.5 * (distance / width) ** 2)
  }
const sum =
  (...of: Cycle[]): Cycle =>
  part =>
    of.reduce((total, one) => total + one(part), 0)

/** What one cycle looks like, from part 0 to part 1 of it. */
const cycles: Cycle[] = [
  // a heart
  sum(
    hump(0.2, 0.03, 0.15),
    hump(0.37, 0.012, -0.15),
    hump(0.4, 0.014, 1),
    hump(0.43, 0.012, -0.25),
    hump(0.65, 0.05, 0.3)
  ),
  // the pressure behind it
  part =>
    part < 0.2
      ? Math.sin((part / 0.2) * (Math.PI / 2))
      : Math.exp(-2.5 * (part - 0.2)) * (1 + 0.12 * Math.sin(20 * (part - 0.2))),
  // a wheel
  part => Math.sin(2 * Math.PI * part) + 0.4 * Math.sin(4 * Math.PI * part + 1),
  // a step
  sum(hump(0.25, 0.06, 1), hump(0.6, 0.09, 0.7), hump(0.8, 0.03, -0.4)),
  // a valve
  part =>
    part < 0.15 ? 1 - Math.exp(-40 * part) : part < 0.4 ? 1.04 - 0.25 * part : Math.exp(-60 * (part - 0.4)) - 0.1,
  // a tank
  part => (part < 0.8 ? part / 0.8 : 5 * (1 - part)),
  // an office
  part => (part > 0.3 && part < 0.75 ? 0.8 + 0.2 * Math.sin(7 * (part - 0.3)) : 0.05)
]

/** What may be wrong with one: how high it is at a part, of what it should be. */
const faults: ((cycle: Cycle, other: Cycle, noise: () => number) => Cycle)[] = [
  cycle => part => cycle(part) / 2,
  cycle => part => 1.4 * cycle(part),
  cycle => part => -cycle(part),
  cycle => part => cycle(1 - part),
  cycle => part => cycle(part > 0.25 && part < 0.75 ? 0.25 : part),
  cycle => () => cycle(0.999),
  cycle => part => cycle(part) + 0.3,
  cycle => part => cycle(part ** 1.7),
  cycle => part => cycle(part < 0.5 ? part : part - 0.15),
  (_, other) => other,
  (cycle, _, noise) => part => cycle(part) + 0.1 * noise(),
  cycle => part => cycle(part) + (Math.abs(part - 0.55) < 0.01 ? 0.5 : 0)
]

/** One of the series: each number gives another one. */
function repeated(seed: number): Repeated {
  const [uniform, noise] = [random(seed), normal(seed + 1_000_000)]
  const between = (a: number, b: number): number => a + (b - a) * uniform()
  const cycle = cycles[seed % cycles.length]
  const other = cycles[(seed + 1 + Math.floor(between(0, cycles.length - 1))) % cycles.length]
  const strange = faults[Math.floor(seed / cycles.length) % faults.length](cycle, other, noise)
  const length = between(30, 380)
  const [unevenLength, unevenHeight] = [between(0, 0.06), between(0, 0.08)]
  const [rough, wander, wave] = [between(0.005, 0.05), between(0, 0.15), length * between(3, 11)]
  const count = Math.floor(between(40, 120))
  const at = Math.floor(count * between(0.5, 0.9))
  const values: number[] = []
  let [from, to] = [0, 0]
  for (let n = 0; n < count; n++) {
    const records = Math.max(8, Math.round(length * (1 + unevenLength * noise())))
    const height = 1 + unevenHeight * noise()
    if (n === at) [from, to] = [values.length, values.length + records]
    for (let i = 0; i < records; i++) {
      const level = wander * Math.sin((2 * Math.PI * values.length) / wave)
      values.push(height * (n === at ? strange : cycle)(i / records) + level + rough * noise())
    }
  }
  return { values: Float64Array.from(values), judged: Math.floor(values.length * 0.4), from, to }
}

/** Is the value with the greatest score of a method one of the strange cycle, or within 100 of it? */
function isFound(method: MethodName, { values, judged, from, to }: Repeated): boolean {
  const detector = make(method)
  let [greatest, at] = [-1, -1]
  values.forEach((value, i) => {
    const score = detector.score(value, start + i * minute).score ?? 0
    if (i >= judged && score > greatest) [greatest, at] = [score, i]
    detector.learn(value, start + i * minute)
  })
  return at >= from - 100 && at < to + 100
}

/** In what share of `count` made series a method finds the strange cycle. */
export function shareFound(method: MethodName, count: number): number {
  let found = 0
  for (let seed = 0; seed < count; seed++) if (isFound(method, repeated(seed))) found++
  return found / count
}
