import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

const name = 'node-red-contrib-stream-analytics'

/** What Node-RED encrypts credentials with; the demo's are no secret. */
export const credentialSecret = 'demo'

/** `{}` encrypted with it: where no credentials are saved, Node-RED warns. */
const noCredentials = { $: 'fe01ce2a7fbac8fafaed7c982a04e229ykE=' }

/** The example flows with a dashboard as one flow; what they share (broker, theme) is there once. */
function demoFlow() {
  const flows = readdirSync('examples')
    .sort()
    .map(file => JSON.parse(readFileSync(`examples/${file}`, 'utf8')))
  const nodes = flows
    .filter(flow => flow.some(({ type }) => type === 'ui-page'))
    .flat()
    .map(node => (node.type === 'mqtt-broker' ? { ...node, port: '${MQTT_PORT}' } : node))
  return [...new Map(nodes.map(node => [node.id, node])).values()]
}

/**
 * Makes `userDir` Node-RED's directory for the demo, with this package in it. Begins with the example flows; what the user changes in
 * the editor stays, until `isFresh`.
 */
export function prepareUserDir(userDir, { isFresh }) {
  if (isFresh) rmSync(userDir, { recursive: true, force: true })
  mkdirSync(resolve(userDir, 'node_modules'), { recursive: true })
  const link = resolve(userDir, 'node_modules', name)
  if (!existsSync(link)) symlinkSync(resolve('.'), link, 'junction')
  const write = (file, content) => writeFileSync(resolve(userDir, file), JSON.stringify(content, null, 2))
  if (!existsSync(resolve(userDir, 'flows.json'))) write('flows.json', demoFlow())
  if (!existsSync(resolve(userDir, 'flows_cred.json'))) write('flows_cred.json', noCredentials)
}
