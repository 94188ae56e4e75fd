// What the own jobs cost without any engine: JSON.parse, a loop written for one job, lines out.
import { closeSync, openSync, readSync, writeSync } from 'node:fs'

interface Reading {
  ts: number
  device: string
  temp: number
}
type Write = (row: object) => void
interface Window {
  count: number
  sum: number
  max: number
}
interface Loop {
  add(reading: Reading): void
  end(): void
}

function mapFilter(write: Write): Loop {
  return {
    add(reading) {
      if (reading.temp > 20) write({ ...reading, temp: reading.temp * 1.8 + 32 })
    },
    end() {}
  }
}

/** Windows of 10 s per device; the watermark follows 2 s behind, and nothing of the data is later. */
function tumbling(write: Write): Loop {
  const open = new Map<number, Map<string, Window>>()
  let newest = -Infinity
  function close(before: number): void {
    for (const [end, devices] of [...open].sort(([a], [b]) => a - b)) {
      if (end > before) return
      open.delete(end)
      for (const { count, sum, max } of devices.values()) write({ count, mean: sum / count, max })
    }
  }
  return {
    add({ ts, device, temp }) {
      const end = ts - (ts % 10_000) + 10_000
      let devices = open.get(end)
      if (devices === undefined) open.set(end, (devices = new Map<string, Window>()))
      const window = devices.get(device)
      if (window === undefined) devices.set(device, { count: 1, sum: temp, max: temp })
      else {
        window.count++
        window.sum += temp
        if (temp > window.max) window.max = temp
      }
      if (Math.floor(ts / 10_000) > Math.floor(newest / 10_000)) close(ts - 2000)
      if (ts > newest) newest = ts
    },
    end: () => close(Infinity)
  }
}

const [name, input, output] = process.argv.slice(2)
const to = openSync(output, 'w')
let text = ''
const flush = (): void => {
  writeSync(to, text)
  text = ''
}
const loop = { 'map-filter': mapFilter, tumbling }[name as 'tumbling'](row => {
  text += `${JSON.stringify(row)}\n`
  if (text.length > 1 << 16) flush()
})

const from = openSync(input, 'r')
const buffer = Buffer.alloc(1 << 20)
let rest = ''
for (let length; (length = readSync(from, buffer)) > 0;) {
  const lines = (rest + buffer.toString('latin1', 0, length)).split('\n')
  rest = lines.pop() as string
  for (const line of lines) loop.add(JSON.parse(line) as Reading)
}
loop.end()
flush()
closeSync(to)
