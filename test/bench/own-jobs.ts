import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { random } from '../detectors/streams'
import type { Job } from './job'

/** Readings of a hundred devices, one a millisecond, some up to two seconds late. */
function writeReadings(file: string, rows: number): void {
  const next = random(1)
  const to = openSync(file, 'w')
  for (let row = 0; row < rows; row += 1000) {
    let text = ''
    for (let i = row; i < Math.min(row + 1000, rows); i++) {
      const ts = 1_700_000_000_000 + i - (next() < 0.3 ? Math.floor(next() * 2000) : 0)
      const temp = Math.round((15 + 10 * next()) * 1000) / 1000
      text += `{"ts":${ts},"device":"d${Math.floor(next() * 100)}","temp":${temp}}\n`
    }
    writeSync(to, text)
  }
  closeSync(to)
}

const node = (id: string, fields: object, ...to: string[]): object => ({ id, settings: 'time', wires: [to], ...fields })
const flowOf = (...nodes: object[]): object[] => [
  { id: 'time', type: 'stream-settings', time: 'payload.ts', timeType: 'msg', outOfOrderness: '2s' },
  node('in', { type: 'inject', name: 'in' }, 'step'),
  ...nodes,
  node('out', { type: 'debug', name: 'out' })
]
const aggregates = ['count', 'mean', 'max'].map(fn => ({ fn, field: 'payload.temp', as: fn }))

const flows: Record<string, { title: string; flow: object[] }> = {
  'map-filter': {
    title: 'filter temp > 20, map temp * 1.8 + 32',
    flow: flowOf(
      node('step', { type: 'stream-filter', condition: 'payload.temp > 20', conditionType: 'js' }, 'map'),
      node(
        'map',
        {
          type: 'stream-map',
          expression: 'payload.temp * 1.8 + 32',
          expressionType: 'js',
          target: 'payload.temp',
          settings: ''
        },
        'out'
      )
    )
  },
  tumbling: {
    title: 'tumbling 10 s for each of 100 devices: count, mean, max',
    flow: flowOf(node('step', { type: 'stream-time-window', key: 'payload.device', size: '10s', aggregates }, 'out'))
  }
}

/** The number of rows and the sum of each field, whatever the order of the rows. */
function sumsOf(file: string): Record<string, number> {
  const sums: Record<string, number> = { rows: 0 }
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue
    sums.rows++
    for (const [name, value] of Object.entries(JSON.parse(line) as object)) {
      if (typeof value === 'number') sums[name] = (sums[name] ?? 0) + value
    }
  }
  return sums
}

function differs(project: string, baseline: string): string {
  const [got, wanted] = [sumsOf(project), sumsOf(baseline)]
  const wrong = Object.keys({ ...got, ...wanted }).filter(
    name => !(Math.abs(got[name] - wanted[name]) <= 1e-9 * Math.max(1, Math.abs(wanted[name])))
  )
  return wrong.map(name => `${name}: ${got[name]} instead of ${wanted[name]}`).join(', ')
}

/** Two small jobs over data of our own, with a loop written for each of them alone. */
export function ownJobs(rows: number, work: string): Job[] {
  mkdirSync(work, { recursive: true })
  const input = join(work, `readings-${rows}.ndjson`)
  writeReadings(input, rows)
  return Object.entries(flows).map(([name, { title, flow }]) => {
    const file = join(work, `${name}.json`)
    writeFileSync(file, JSON.stringify(flow))
    const baseline = (output: string): string[] => [join(__dirname, 'baseline.js'), name, input, output]
    return { name, title, input, rows, flow: file, baseline, differs }
  })
}
