import { writeFileSync } from 'node:fs'
import { ConfigError } from '../../errors'
import { anomaly } from '../../operators/anomaly'
import { FileError, fileError } from '../files/file-error'
import { blind } from './blind'
import { detect } from './detect'
import { type LabelOptions, readLabelled } from './labelled'
import { type Labelled, type NabResult, nabScore } from './nab'
import { plot } from './plot'

export interface EvaluateOptions extends LabelOptions {
  method: string[]
  set: string[]
  plot?: string
}

/** The fields of the anomaly node, but for those that the command sets itself. */
const settable = Object.keys(anomaly.fields).filter(name => !['value', 'valueType', 'method'].includes(name))

/** Says how well methods find the labelled anomalies. @throws ConfigError, FileError */
export async function evaluate(path: string, options: EvaluateOptions): Promise<void> {
  // whoever reads what we print may have seen enough
  process.stdout.on('error', () => undefined)
  const all = readLabelled(path, options)
  if (all.every(({ windows }) => windows.length === 0))
    throw new FileError(`${options.labels}: no labelled window is in the data`)
  const fields = settings(options.set)
  const methods = options.method.length > 0 ? options.method : ['auto']
  console.log(heading(all))
  for (const method of methods) await report(all, { ...fields, method }, options.plot)
  for (const { name, scoresOf, threshold } of blind) {
    const scores = all.map(({ values }, i) => scoresOf(values.length, i + 1))
    const what = threshold === undefined ? `${name}, best threshold` : name
    console.log(row(what, nabScore(all, scores, threshold)))
  }
}

/** `name=value`: fields of the anomaly node. @throws ConfigError */
function settings(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map(text => {
      const at = text.indexOf('=')
      if (at < 1) throw new ConfigError('--set', 'must be field=value', text)
      const name = text.slice(0, at)
      if (!settable.includes(name)) throw new ConfigError('--set', `must set one of ${settable.join(', ')}`, name)
      return [name, text.slice(at + 1)]
    })
  )
}

async function report(all: readonly Labelled[], config: Record<string, string>, picture?: string): Promise<void> {
  const scores: Float64Array[] = []
  const alarms: Float64Array[] = []
  for (const series of all) {
    const said = await detect(series, config)
    scores.push(Float64Array.from(said, ({ score }) => score ?? 0))
    alarms.push(Float64Array.from(said, ({ isAnomaly }) => (isAnomaly ? 1 : 0)))
    if (picture === undefined || series !== all[0]) continue
    const svg = plot(picture, series, said)
    try {
      writeFileSync(picture, svg)
    } catch (error) {
      throw fileError(picture, error)
    }
  }
  const threshold = config.threshold === undefined ? 'default threshold' : `threshold ${config.threshold}`
  console.log(row(`${config.method}, ${threshold}`, nabScore(all, alarms, 1)))
  const best = nabScore(all, scores)
  console.log(row(`${config.method}, best threshold`, best), `  (${best.threshold})`)
}

const columns = ['NAB', 'precision', 'recall', 'delay', 'alarms']

function heading(all: readonly Labelled[]): string {
  const rows = all.reduce((sum, { values }) => sum + values.length, 0)
  const windows = all.reduce((sum, series) => sum + series.windows.length, 0)
  return (
    `${all.length} series, ${rows} rows, ${windows} labelled windows; delay: median of rows from the beginning of a window\n` +
    [' '.repeat(30), ...columns.map(name => name.padStart(10))].join('')
  )
}

const share = (of: number, all: number): string => (all > 0 ? `${((100 * of) / all).toFixed(0)} %` : '-')

function row(name: string, { score, found, windows, alarms, falseAlarms, delays }: NabResult): string {
  const delay = [...delays].sort((a, b) => a - b)[delays.length >> 1]
  return [
    name.padEnd(30),
    score.toFixed(1).padStart(10),
    share(alarms - falseAlarms, alarms).padStart(10),
    share(found, windows).padStart(10),
    (delay === undefined ? '-' : String(delay)).padStart(10),
    String(alarms).padStart(10)
  ].join('')
}
