// What `npm start` runs: a broker, publishers and Node-RED with the built package, all on 127.0.0.1. Ctrl-C ends all.
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { startBroker } from './broker.mjs'
import { publishComputer } from './publish-computer.mjs'
import { publishPlant } from './publish-plant.mjs'

const require = createRequire(import.meta.url)
const name = 'node-red-contrib-stream-analytics'
const port = Number(process.env.PORT ?? 1880)
process.env.MQTT_PORT ??= '1883' // the flow reads it too
const userDir = resolve('demo/.node-red')

function fail(error, number, variable) {
  if (error.code !== 'EADDRINUSE') throw error
  console.error(`Port ${number} is busy: set ${variable} to another one.`)
  process.exit(1)
}

function prepareUserDir() {
  if (process.argv.includes('--fresh')) rmSync(userDir, { recursive: true, force: true })
  mkdirSync(resolve(userDir, 'node_modules'), { recursive: true })
  const link = resolve(userDir, 'node_modules', name)
  if (!existsSync(link)) symlinkSync(resolve('.'), link, 'junction')
  const flow = resolve(userDir, 'flows.json')
  if (!existsSync(flow)) copyFileSync('examples/01-plant.json', flow)
}

const server = createServer()
await new Promise((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done)).catch(error =>
  fail(error, port, 'PORT')
)
const broker = await startBroker(Number(process.env.MQTT_PORT)).catch(error =>
  fail(error, process.env.MQTT_PORT, 'MQTT_PORT')
)
prepareUserDir()

const express = createRequire(require.resolve('node-red'))('express')
const RED = require('node-red')
const app = express()
server.on('request', app)
RED.init(server, {
  userDir,
  flowFile: 'flows.json',
  httpAdminRoot: '/',
  httpNodeRoot: '/',
  uiHost: '127.0.0.1',
  uiPort: port,
  credentialSecret: false,
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: { tours: false, projects: { enabled: false } },
  logging: { console: { level: 'warn' } }
})
app.use('/', RED.httpAdmin)
app.use('/', RED.httpNode)
await RED.start()
const stops = [publishComputer(broker), publishPlant(broker)]

console.log(`\nEditor: http://127.0.0.1:${port}/`)
console.log('Open the debug sidebar: means of each machine every 10 seconds, and the readings that are anomalous.')
console.log('Click an inject node to make a fault. Ctrl-C ends everything.\n')

async function end() {
  stops.forEach(stop => stop())
  broker.close()
  await RED.stop()
  process.exit(0)
}
process.on('SIGINT', end).on('SIGTERM', end)
