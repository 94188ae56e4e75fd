import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { isPinned } from './measure'
import type { Estimate } from './statistics'

/** What was measured of one job. */
export interface Figure {
  name: string
  title: string
  rows: number
  pairs: number
  /** Microseconds of CPU a row, medians. */
  project: number
  baseline: number
  /** Of a pair: CPU of the project / CPU of the baseline. */
  ratio: Estimate
  /** The most that the project took in any run, MB. */
  memory: number
}

/** Where figures are written down, and in which words. */
export interface Section {
  /** Tells its marks in docs/benchmarks.md. */
  marks: string
  /** What is counted. */
  unit: 'row' | 'message' | 'record'
  /** Said of all figures. */
  note: string
  /** The file of the chart, and what 1 is there. */
  chart: string
  one: string
}

export const commandLine: Section = {
  marks: 'figures',
  unit: 'row',
  note: "Every output had the baseline's rows.",
  chart: 'benchmarks.svg',
  one: 'hand-written loop = 1'
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** The figures as a table, with what it was measured on. */
export function table(figures: readonly Figure[], { unit, note }: Section): string {
  const rows = figures.map(({ name, title, rows, pairs, project, baseline, ratio, memory }) => {
    const interval = `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)} (${percent(ratio.confidence)})`
    const cells = [
      name,
      title,
      project.toFixed(2),
      baseline.toFixed(2),
      ratio.median.toFixed(2),
      interval,
      memory.toFixed(0)
    ]
    return `| ${[...cells, `${pairs} x ${rows.toLocaleString('en')}`].join(' | ')} |`
  })
  const where = `Node ${process.version} on ${cpus()[0]?.model.trim() || 'an unnamed processor'}`
  return [
    `${where}, ${isPinned ? 'one core' : 'not pinned to a core'}. ${note}`,
    '',
    `| job | what | µs a ${unit} | baseline, µs a ${unit} | ratio, median | ratio, interval | memory, MB | pairs x ${unit}s |`,
    '|---|---|--:|--:|--:|---|--:|--:|',
    ...rows
  ].join('\n')
}

/** One figure in a line, for who waits for the others. */
export const brief = ({ name, ratio: { median, low, high } }: Figure): string =>
  `${name}: ${median.toFixed(2)} times the baseline's CPU (${low.toFixed(2)} to ${high.toFixed(2)})`

const escape = (text: string): string => text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`)

/** A bar for the ratio of each job, with its interval, and a line where the baseline is. */
export function chart(figures: readonly Figure[], { one }: Section): string {
  // room for the longest name: no letter is wider than 8 px on average
  const left = 20 + 8 * Math.max(...figures.map(({ name }) => name.length))
  const [right, top, step] = [660, 34, 34]
  const most = Math.max(1, ...figures.map(({ ratio }) => ratio.high))
  const x = (ratio: number): number => Math.round(left + (ratio / most) * (right - left))
  const bottom = top + figures.length * step
  const bars = figures.map(({ name, ratio: { median, low, high } }, i) => {
    const y = top + i * step
    return [
      `<text x="${left - 10}" y="${y + 18}" text-anchor="end">${escape(name)}</text>`,
      `<rect class="bar" x="${left}" y="${y + 4}" width="${x(median) - left}" height="20" rx="2"/>`,
      `<path class="line" d="M${x(low)} ${y + 14}H${x(high)}M${x(low)} ${y + 9}v10M${x(high)} ${y + 9}v10"/>`,
      `<text x="${right + 12}" y="${y + 18}">${median.toFixed(2)}</text>`
    ].join('')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 ${bottom + 14}" role="img" aria-label="CPU time, ${one}">
<style>
text { font: 13px sans-serif; fill: #1f2328 }
.bar { fill: #4f93b8 }
.line { stroke: #1f2328; fill: none }
.baseline { stroke: #24292f; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .line, .baseline { stroke: #e6edf3 } }
</style>
<text x="${x(1)}" y="20" text-anchor="end">${one}</text>
${bars.join('\n')}
<path class="baseline" d="M${x(1)} ${top - 6}V${bottom}"/>
</svg>
`
}

/** Fewer pairs give no 95 % interval: they are shown, not written down. */
const fewestPairs = 6
const file = 'docs/benchmarks.md'

/** Shows the figures, and puts table and chart where the documentation has them. */
export function report(figures: readonly Figure[], section: Section): void {
  const text = table(figures, section)
  console.log(text)
  if (figures.some(({ pairs }) => pairs < fewestPairs)) {
    console.log(`\nNot written to ${file}: that needs at least ${fewestPairs} pairs.`)
    return
  }
  const page = readFileSync(file, 'utf8')
  const { marks } = section
  const place = new RegExp(`(<!-- ${marks} -->\n)[^]*(\n<!-- end of ${marks} -->)`)
  if (!place.test(page)) throw new Error(`${file} has no marks for the ${marks}`)
  writeFileSync(
    file,
    page.replace(place, (_, start: string, end: string) => `${start}${text}${end}`)
  )
  mkdirSync('docs/pictures', { recursive: true })
  writeFileSync(`docs/pictures/${section.chart}`, chart(figures, section))
}
