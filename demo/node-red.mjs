import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { listen } from './listen.mjs'
import { credentialSecret } from './user-dir.mjs'

const require = createRequire(import.meta.url)
const express = createRequire(require.resolve('node-red'))('express')

/** Node-RED in this process, on 127.0.0.1: quiet, without telemetry, tours and prompts. Resolves to `{ close() }`. */
export async function startNodeRed(port, userDir) {
  const app = express()
  const server = createServer(app)
  await listen(server, port, 'PORT')
  const RED = require('node-red')
  RED.init(server, {
    userDir,
    flowFile: 'flows.json',
    httpAdminRoot: '/',
    httpNodeRoot: '/',
    uiHost: '127.0.0.1',
    uiPort: port,
    credentialSecret,
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false, projects: {}, palette: { catalogues: [] } },
    logging: { console: { level: 'warn' } }
  })
  app.use('/', RED.httpAdmin)
  app.use('/', RED.httpNode)
  const flowsRun = once(RED.events, 'flows:started') // later than start() says
  await RED.start()
  await flowsRun
  return { close: () => RED.stop() }
}
