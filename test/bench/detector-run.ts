// A detector for each device over readings that are there already, three times: the method, and the file of the rows.
import { readFileSync } from 'node:fs'
import type { Detector } from '#engine/detectors/detector'
import type { MethodName } from '#engine/detectors/index'
import { make } from '../detectors/streams'

interface Reading {
  ts: number
  device: string
  temp: number | null
}

const [method, input] = process.argv.slice(2)
const readings = readFileSync(input, 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => JSON.parse(line) as Reading)

function anomaliesAmong(readings: readonly Reading[]): number {
  const detectors = new Map<string, Detector>()
  let found = 0
  for (const { ts, device, temp } of readings) {
    if (temp === null) continue
    let detector = detectors.get(device)
    if (detector === undefined) detectors.set(device, (detector = make(method as MethodName, { warmup: 100 })))
    if (detector.score(temp, ts).isAnomaly) found++
    detector.learn(temp, ts)
  }
  return found
}

for (let turn = 1; turn <= 3; turn++) {
  const start = process.hrtime.bigint()
  const found = anomaliesAmong(readings)
  if (turn === 3) console.log('JOB_MS', Number(process.hrtime.bigint() - start) / 1e6, 'ROWS', found)
}
