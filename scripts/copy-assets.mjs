// Puts what Node-RED loads beside the built nodes: dialogs, locales, icons. Removes what was built of sources now gone, and of types alone.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

for (const name of readdirSync('nodes')) {
  if (!name.endsWith('.html') && name !== 'locales' && name !== 'icons') continue
  rmSync(`dist/nodes/${name}`, { recursive: true, force: true })
  cpSync(`nodes/${name}`, `dist/nodes/${name}`, { recursive: true })
}

// they are written to be read, and packed to be small
for (const name of readdirSync('dist/nodes', { recursive: true })) {
  const file = `dist/nodes/${name}`
  if (name.endsWith('.json')) writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))))
  if (name.endsWith('.html')) writeFileSync(file, readFileSync(file, 'utf8').replace(/^ +/gm, ''))
}

for (const [built, source] of Object.entries({ 'dist/nodes': 'nodes', dist: 'src', 'build/test': 'test' })) {
  for (const name of readdirSync(built, { recursive: true })) {
    const [, base] = /^(.*?)\.(js|js\.map|d\.ts)$/.exec(name) ?? []
    const isOthers = built === 'dist' && /^nodes\b/.test(name)
    if (base !== undefined && !isOthers && !existsSync(`${source}/${base}.ts`)) rmSync(`${built}/${name}`)
  }
}

// this mark is looked for by who imports a default, of which there is none; a file of types alone is nothing without it
const mark = 'Object.defineProperty(exports, "__esModule", { value: true });\n'
for (const name of readdirSync('dist', { recursive: true })) {
  if (!name.endsWith('.js')) continue
  const file = `dist/${name}`
  const built = readFileSync(file, 'utf8')
  const packed = built.replace(mark, '')
  if (packed === '"use strict";\n') rmSync(file)
  else if (packed !== built) writeFileSync(file, packed)
}
