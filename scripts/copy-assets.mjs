// Puts what Node-RED loads beside the built nodes: dialogs, locales, icons.
import { cpSync, readdirSync, rmSync } from 'node:fs'

for (const name of readdirSync('nodes')) {
  if (!name.endsWith('.html') && name !== 'locales' && name !== 'icons') continue
  rmSync(`dist/nodes/${name}`, { recursive: true, force: true })
  cpSync(`nodes/${name}`, `dist/nodes/${name}`, { recursive: true })
}
