import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { inProcess } from './in-process'
import { chart, commandLine, type Figure, table } from './report'
import { windows } from './windows-jobs'
import { wires } from './wires-flows'

const figure = (name: string, median: number): Figure => ({
  name,
  title: 'a job',
  rows: 1_000_000,
  pairs: 15,
  project: 2.5,
  baseline: 1.25,
  ratio: { median, low: median - 0.1, high: median + 0.1, confidence: 0.9648 },
  memory: 63.6
})

describe('the report of the benchmarks', () => {
  it('has a row for each job, with the interval and how sure it is', () => {
    const text = table([figure('J1', 2)], commandLine)
    assert.match(
      text,
      /^\| J1 \| a job \| 2\.50 \| 1\.25 \| 2\.00 \| 1\.90 to 2\.10 \(96\.5 %\) \| 64 \| 15 x 1,000,000 \|$/m
    )
  })
  it('draws bars as long as their ratios, and takes names as text', () => {
    const svg = chart([figure('<one>', 1), figure('two', 2)], commandLine)
    const [one, two] = [...svg.matchAll(/class="bar".*? width="(\d+)"/g)].map(([, width]) => Number(width))
    assert.ok(Math.abs(two - 2 * one) <= 1, `${one}, ${two}`)
    assert.ok(svg.includes('&#60;one&#62;'))
  })
  for (const { marks } of [commandLine, inProcess, wires, windows]) {
    it(`has a place for the ${marks} in the documentation`, () => {
      const place = new RegExp(`<!-- ${marks} -->\n[^]*\n<!-- end of ${marks} -->`)
      assert.match(readFileSync('docs/benchmarks.md', 'utf8'), place)
    })
  }
})
