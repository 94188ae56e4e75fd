// What `npm start` runs: a broker, publishers and Node-RED with the built package, all on 127.0.0.1. Ctrl-C ends all.
// `npm start -- --fresh` forgets what was changed in the editor.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startBroker } from './broker.mjs'
import { startNodeRed } from './node-red.mjs'
import { publishComputer } from './publish-computer.mjs'
import { publishPlant } from './publish-plant.mjs'
import { publishWeather } from './publish-weather.mjs'
import { prepareUserDir } from './user-dir.mjs'

const parent = process.ppid

const { values: options } = parseArgs({
  options: { fresh: { type: 'boolean', default: false }, 'user-dir': { type: 'string', default: 'demo/.node-red' } }
})
const userDir = resolve(options['user-dir'])
const port = process.env.PORT ?? 1880
process.env.MQTT_PORT ??= 1883 // the flows read it too

const broker = await startBroker(process.env.MQTT_PORT)
const stops = []
broker.onFirstSubscription(() => {
  for (const publish of [publishComputer, publishPlant, publishWeather]) stops.push(publish(broker))
})
prepareUserDir(userDir, { isFresh: options.fresh })
const nodeRed = await startNodeRed(port, userDir)

let isEnding = false
async function end() {
  if (isEnding) return
  isEnding = true
  for (const stop of stops) stop()
  await nodeRed.close()
  await broker.close()
  process.exit(0)
}
process.on('SIGINT', end).on('SIGTERM', end)

// npm passes a signal to its shell, which may end without passing it on
setInterval(() => {
  if (process.ppid !== parent) void end()
}, 500)

console.log(`
Dashboard  http://127.0.0.1:${port}/dashboard
Editor     http://127.0.0.1:${port}/

On the page Plant a fault shows as a red dot within a minute; make one yourself with a button there.
On the page Weather four years of two cities pass in six minutes; the editor shows how it is wired. Ctrl-C ends it.
`)
