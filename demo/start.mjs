// What `npm start` runs: a broker, publishers and Node-RED with the built package, all on 127.0.0.1. Ctrl-C ends all.
import { startBroker } from './broker.mjs'
import { startNodeRed } from './node-red.mjs'
import { publishComputer } from './publish-computer.mjs'
import { publishPlant } from './publish-plant.mjs'
import { publishWeather } from './publish-weather.mjs'
import { prepareUserDir } from './user-dir.mjs'

const port = process.env.PORT ?? 1880
process.env.MQTT_PORT ??= 1883 // the flows read it too

const broker = await startBroker(process.env.MQTT_PORT)
const stops = []
broker.onFirstSubscription(() => {
  for (const publish of [publishComputer, publishPlant, publishWeather]) stops.push(publish(broker))
})
const nodeRed = await startNodeRed(port, prepareUserDir({ isFresh: process.argv.includes('--fresh') }))

console.log(`
Dashboard  http://127.0.0.1:${port}/dashboard
Editor     http://127.0.0.1:${port}/

On the page Plant a fault shows as a red dot within a minute; make one yourself with a button there.
On the page Weather four years of two cities pass in six minutes; in the editor see how it is wired. Ctrl-C ends it.
`)

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
