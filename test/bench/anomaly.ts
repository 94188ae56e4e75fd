// npm run bench:anomaly [-- --points 1000000] [--series 252] [--pairs 15] [--pictures docs/pictures]: the tables and
// pictures of docs/anomaly-detection.md
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { blind } from '#engine/cli/evaluate/blind'
import { detect } from '#engine/cli/evaluate/detect'
import { readLabelled } from '#engine/cli/evaluate/labelled'
import { type Labelled, nabScore } from '#engine/cli/evaluate/nab'
import { plot } from '#engine/cli/evaluate/plot'
import { auto } from '#engine/detectors/auto/index'
import { type MethodName, methodNames } from '#engine/detectors/index'
import { Watched } from '#engine/detectors/watched'
import { make, minute, noises, normal, optionsOf, start } from '../detectors/streams'
import { costOfAPoint } from './anomaly-cost'
import { whole } from './options'
import { shareFound } from './repeated'

const nab = '../shared/nab'
const judging = methodNames.filter(name => name !== 'flatline' && name !== 'frequency')

const line = (cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`)
function table(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  line(heading)
  line(heading.map(() => '---'))
  rows.forEach(line)
  console.log()
}

const folderOf = ({ name }: Labelled): string => name.split('/')[0]

/** The score where each folder is judged at the threshold that is best on the others: [of all windows, mean of folders]. */
function withheld(all: readonly Labelled[], scores: readonly Float64Array[]): [number, number] {
  const folders = [...new Set(all.map(folderOf))]
  let [points, windows] = [0, 0]
  const each: number[] = []
  for (const folder of folders) {
    const split = (isIn: boolean): [Labelled[], Float64Array[]] => {
      const places = all.map((_, i) => i).filter(i => (folderOf(all[i]) === folder) === isIn)
      return [places.map(i => all[i]), places.map(i => scores[i])]
    }
    const { threshold } = nabScore(...split(false))
    const there = nabScore(...split(true), threshold)
    if (there.windows === 0) continue
    each.push(there.score)
    points += there.score * there.windows
    windows += there.windows
  }
  return [points / windows, each.reduce((a, b) => a + b, 0) / each.length]
}

const share = (of: number, all: number): string => (all > 0 ? `${((100 * of) / all).toFixed(0)} %` : '-')

function rowOf(name: string, all: readonly Labelled[], scores: Float64Array[], alarms?: Float64Array[]): string[] {
  const best = nabScore(all, scores)
  const [pooled, mean] = withheld(all, scores)
  const usual = alarms && nabScore(all, alarms, 1)
  const delay = [...best.delays].sort((a, b) => a - b)[best.delays.length >> 1]
  return [
    name,
    best.score.toFixed(1),
    `${pooled.toFixed(1)} / ${mean.toFixed(1)}`,
    share(best.alarms - best.falseAlarms, best.alarms),
    share(best.found, best.windows),
    delay === undefined ? '-' : `${delay}`,
    usual ? usual.score.toFixed(1) : '-',
    usual ? `${usual.found} / ${usual.falseAlarms}` : '-'
  ]
}

async function benchmark(): Promise<void> {
  if (!existsSync(nab)) return console.log(`${nab} is not there: no table of NAB\n`)
  const all = readLabelled(join(nab, 'data'), { labels: join(nab, 'labels.json') })
  const rows: string[][] = []
  for (const method of judging) {
    const said = await Promise.all(all.map(series => detect(series, { method })))
    const scores = said.map(one => Float64Array.from(one, ({ score }) => score ?? 0))
    const alarms = said.map(one => Float64Array.from(one, ({ isAnomaly }) => (isAnomaly ? 1 : 0)))
    rows.push(rowOf(method, all, scores, alarms))
  }
  for (const { name, scoresOf } of blind) {
    rows.push(
      rowOf(
        name,
        all,
        all.map(({ values }, i) => scoresOf(values.length, i + 1))
      )
    )
  }
  const heading = ['method', 'NAB, best threshold', 'threshold of the other folders: pooled / mean']
  table([...heading, 'precision', 'recall', 'delay, rows', 'NAB, default threshold', 'found / false alarms'], rows)
}

/** How many of the first `points` values auto takes for anomalies, learning each at once; no rest. */
function alarmsAmong(next: (i: number) => number, points: number): number {
  const detector = auto(optionsOf('auto', { hold: 2 }))
  let alarms = 0
  for (let i = 0; i < points; i++) {
    const value = next(i)
    const time = start + i * 5 * minute
    if (detector.score(value, time).isAnomaly) alarms++
    detector.learn(value, time)
  }
  return alarms
}

/** Alarms on noise, as times of what the threshold promises: in one long stream, and at the beginning of a hundred. */
function falseAlarms(points: number): void {
  const promised = points * 1e-4
  const rows = Object.entries(noises).map(([name, noise]) => {
    const alarms = alarmsAmong(noise(7), points)
    let early = 0
    for (let seed = 1; seed <= 100; seed++) early += alarmsAmong(noise(seed), points / 100)
    return [name, alarms, (alarms / promised).toFixed(2), (early / promised).toFixed(2)]
  })
  const heading = [`noise, ${points} points`, 'false alarms of auto', 'times what 0.9999 promises']
  table([...heading, `the first ${points / 100} of 100 streams`], rows)
}

/** Does auto raise an alarm, after 3 anomalies in a row, for 20 values that are 20 sigmas too high? */
function raises(seed: number, past: number, learn: boolean): boolean {
  const watched = new Watched('auto', make('auto', { hold: 3 }), { learn, hold: 3 })
  const next = normal(seed)
  const states = Array.from({ length: past + 20 }, (_, i) => {
    const value = next() + (i < past ? 0 : 20)
    return watched.judge(value, start + i * 5 * minute).state
  })
  return states.indexOf('start') >= past
}

/** How often a fault that lasts is told where an alarm takes several anomalies in a row. */
function lastingFaults(): void {
  const pasts = [100, 300, 1000, 3000]
  const found = (past: number, learn: boolean): number => {
    let alarms = 0
    for (let seed = 1; seed <= 100; seed++) if (raises(seed, past, learn)) alarms++
    return alarms
  }
  const rows = [true, false].map(learn => [`learn: ${learn}`, ...pasts.map(past => `${found(past, learn)} %`)])
  table(['faults found with hold: 3', ...pasts.map(past => `after ${past}`)], rows)
}

/** How often the strange cycle is found in series that repeat themselves. */
function cyclesFound(series: number): void {
  const rows = judging.map(method => [method, `${(100 * shareFound(method, series)).toFixed(0)} %`])
  table(['method', `strange cycles found, of ${series}`], rows)
}

/** What a key takes as a snapshot, KB. */
function sizeOf(method: MethodName): string {
  const detector = make(method)
  const next = normal(1)
  for (let i = 0; i < 5000; i++) {
    const value = next()
    detector.score(value, start + i * minute)
    detector.learn(value, start + i * minute)
  }
  return (JSON.stringify(detector.snapshot()).length / 1024).toFixed(1)
}

async function cost(pairs: number): Promise<void> {
  const figures = await costOfAPoint(judging, pairs)
  const rows = judging.map((method, i) => {
    if (figures.length === 0) return [method, '-', '-', '-', sizeOf(method)]
    const { project, ratio } = figures[i]
    const interval = `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`
    return [method, project.toFixed(2), ratio.median.toFixed(2), interval, sizeOf(method)]
  })
  const heading = ['method', 'us a point', 'times the hand-written z-score', 'interval', 'KB a key, as a snapshot']
  table(heading, rows)
}

/** A daily load with a spike, a missing rise and a shift. */
function example(): Labelled {
  const next = normal(9)
  const days = 21
  const values = Float64Array.from({ length: days * 96 }, (_, i) => {
    const rise = i % 96 > 30 && i % 96 < 75 ? 20 : 0
    return (Math.floor(i / 96) === 15 ? 0 : rise) + 2 * Math.sin((2 * Math.PI * i) / 96) + next()
  })
  values[11 * 96 + 10] += 25
  for (let i = 18 * 96; i < values.length; i++) values[i] += 8
  const day = (n: number, from: number, to: number): [number, number] => [n * 96 + from, n * 96 + to]
  return {
    name: 'a spike, a day without its rise, a new level',
    times: values.map((_, i) => start + i * 15 * minute),
    values,
    windows: [day(11, 5, 15), day(15, 20, 80), day(18, 0, 40)]
  }
}

async function pictures(folder: string): Promise<void> {
  const series = example()
  for (const [method, threshold] of [
    ['auto', '0.999'],
    ['zscore', ''],
    ['seasonal', '']
  ]) {
    const file = join(folder, `anomaly-${method}.svg`)
    const said = await detect(series, { method, threshold })
    writeFileSync(file, plot(file, { ...series, name: `${method}: ${series.name}` }, said))
  }
}

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '1000000' },
    series: { type: 'string', default: '252' },
    pairs: { type: 'string', default: '15' },
    pictures: { type: 'string' }
  }
})

async function main(): Promise<void> {
  if (values.pictures !== undefined) await pictures(values.pictures)
  await benchmark()
  falseAlarms(whole(values.points, 'points'))
  lastingFaults()
  cyclesFound(whole(values.series, 'series'))
  await cost(whole(values.pairs, 'pairs'))
}
void main()
