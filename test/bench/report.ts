import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
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
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** The figures as a table, with what it was measured on. */
export function table(figures: readonly Figure[], isPinned: boolean): string {
  const rows = figures.map(({ name, title, rows, pairs, project, baseline, ratio }) => {
    const interval = `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)} (${percent(ratio.confidence)})`
    const cells = [name, title, project.toFixed(2), baseline.toFixed(2), ratio.median.toFixed(2), interval]
    return `| ${[...cells, `${pairs} x ${rows.toLocaleString('en')}`].join(' | ')} |`
  })
  const where = `Node ${process.version} on ${cpus()[0]?.model.trim() || 'an unnamed processor'}`
  return [
    `${where}, ${isPinned ? 'one core' : 'not pinned to a core'}. Every output had the baseline's rows.`,
    '',
    '| job | what | µs a row | baseline, µs a row | ratio, median | ratio, interval | pairs x rows |',
    '|---|---|--:|--:|--:|---|--:|',
    ...rows
  ].join('\n')
}

const escape = (text: string): string => text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`)

/** A bar for the ratio of each job, with its interval, and a line where the baseline is. */
export function chart(figures: readonly Figure[]): string {
  const [left, right, top, step] = [90, 640, 34, 34]
  const most = Math.max(1, ...figures.map(({ ratio }) => ratio.high)) * 1.1
  const x = (ratio: number): number => Math.round(left + (ratio / most) * (right - left))
  const bottom = top + figures.length * step
  const bars = figures.map(({ name, ratio: { median, low, high } }, i) => {
    const y = top + i * step
    return [
      `<text x="${left - 10}" y="${y + 18}" text-anchor="end">${escape(name)}</text>`,
      `<rect class="bar" x="${left}" y="${y + 4}" width="${x(median) - left}" height="20" rx="2"/>`,
      `<path class="line" d="M${x(low)} ${y + 14}H${x(high)}M${x(low)} ${y + 9}v10M${x(high)} ${y + 9}v10"/>`,
      `<text x="${x(high) + 8}" y="${y + 18}">${median.toFixed(2)}</text>`
    ].join('')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 ${bottom + 14}" role="img" aria-label="CPU time relative to a hand-written loop">
<style>
text { font: 13px sans-serif; fill: #1f2328 }
.bar { fill: #4f93b8 }
.line { stroke: #1f2328; fill: none }
.baseline { stroke: #24292f; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .line, .baseline { stroke: #e6edf3 } }
</style>
<text x="${x(1)}" y="20" text-anchor="middle">hand-written loop = 1</text>
${bars.join('\n')}
<path class="baseline" d="M${x(1)} ${top - 6}V${bottom}"/>
</svg>
`
}

const markers = /(<!-- figures -->\n)[^]*(\n<!-- end of figures -->)/

/** Puts table and chart where the documentation shows them. */
export function write(figures: readonly Figure[], isPinned: boolean): void {
  const file = 'docs/benchmarks.md'
  const text = readFileSync(file, 'utf8')
  if (!markers.test(text)) throw new Error(`${file} has no markers for the figures`)
  writeFileSync(
    file,
    text.replace(markers, (_, start: string, end: string) => `${start}${table(figures, isPinned)}${end}`)
  )
  mkdirSync('docs/pictures', { recursive: true })
  writeFileSync('docs/pictures/benchmarks.svg', chart(figures))
}
