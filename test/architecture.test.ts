import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import ts from 'typescript'

/** Each area and those right below it: a file may import what its arrows lead to, however far down. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  nodes: ['nodes/shared'],
  'nodes/shared': ['stage'],
  cli: ['flow'],
  api: ['flow'],
  flow: ['stage'],
  stage: ['operators'],
  operators: ['detectors', 'windows'],
  detectors: ['state'],
  windows: ['config', 'state', 'expression'],
  config: ['aggregates'],
  aggregates: ['time'],
  time: ['floor'],
  state: ['floor'],
  expression: ['time'],
  floor: []
}

/** The public names stand above all but the command line; the other files of src/ itself are the floor. */
const api = ['src/index.ts', 'src/create-operator.ts']

/** Who may use which package; what Node brings is a package too. */
const packages: Readonly<Record<string, RegExp>> = {
  nodes: /^node-red$/, // types only
  'nodes/shared': /^node-red$|^node:/,
  state: /^node:crypto$/, // a checksum is a pure function
  cli: /^node:|^commander$|^csv-|^echarts$/,
  flow: /^jsonata$/
}

interface Import {
  from: string
  to: string
}

const isFile = (path: string): boolean => /\.ts$/.test(path)
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isFile)
    .map(name => join(folder, name.replaceAll('\\', '/')))

/** The file that `from` means by `name`; the name itself where it is a package. */
function resolveImport(from: string, name: string): string {
  const path = name.startsWith('#engine/')
    ? join('src', name.slice('#engine/'.length))
    : name.startsWith('.')
      ? join(dirname(from), name)
      : undefined
  if (path === undefined) return name
  return existsSync(`${path}.ts`) ? `${path}.ts` : join(path, 'index.ts')
}

function importsOf(file: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'))
  return importedFiles.map(({ fileName }) => ({ from: file, to: resolveImport(file, fileName) }))
}

function areaOf(file: string): string {
  const [root, folder, ...rest] = file.split('/')
  if (root === 'nodes') return folder === 'shared' ? 'nodes/shared' : 'nodes'
  if (rest.length > 0) return folder
  return api.includes(file) ? 'api' : 'floor'
}

const reaches = (from: string, to: string): boolean =>
  (arrows[from] ?? []).some(below => below === to || reaches(below, to))

/** What is wrong with an import; `undefined`: nothing. */
function problemOf({ from, to }: Import): string | undefined {
  const area = areaOf(from)
  if (!isFile(to)) return packages[area]?.test(to) ? undefined : `${from} (${area}) must not use ${to}`
  const isAllowed = area === areaOf(to) || reaches(area, areaOf(to))
  return isAllowed ? undefined : `${from} (${area}) must not import ${to} (${areaOf(to)})`
}

const files = [...filesOf('src'), ...filesOf('nodes')]
const imports = files.flatMap(importsOf)

/** The first files that import each other in a ring. */
function findRing(all: readonly Import[]): string[] | undefined {
  const below = new Map<string, string[]>()
  for (const { from, to } of all) below.set(from, [...(below.get(from) ?? []), to])
  const done = new Set<string>()
  const visit = (file: string, above: readonly string[]): string[] | undefined => {
    if (above.includes(file)) return [...above.slice(above.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const next of below.get(file) ?? []) {
      const ring = visit(next, [...above, file])
      if (ring) return ring
    }
    done.add(file)
    return undefined
  }
  return [...below.keys()].map(file => visit(file, [])).find(ring => ring !== undefined)
}

const clocks = /\bDate\.now\b|\bnew Date\(\)|\bset(Timeout|Interval|Immediate)\b|\bperformance\b|\bhrtime\b/g

/** What reads the clock or sleeps, outside comments. */
function clocksIn(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  if (text.match(clocks) === null) return []
  const compilerOptions = { removeComments: true, target: ts.ScriptTarget.ES2022 }
  return ts.transpileModule(text, { compilerOptions }).outputText.match(clocks) ?? []
}

describe('the architecture', () => {
  it('has an arrow for every folder of the engine', () => {
    const folders = new Set(files.map(areaOf))
    assert.deepEqual(
      [...folders].filter(area => !(area in arrows)),
      []
    )
  })
  it('has no import that points up, and none of a package where it does not belong', () => {
    assert.deepEqual(
      imports.map(problemOf).filter(problem => problem !== undefined),
      []
    )
  })
  it('would see an import that points up', () => {
    const wrong: [string, string][] = [
      ['src/time/zone.ts', 'src/flow/graph.ts'],
      ['src/record.ts', 'src/time/clock.ts'],
      ['src/operators/map.ts', 'src/stage/stage.ts'],
      ['src/stage/stage.ts', 'nodes/shared/status.ts'],
      ['src/flow/runner.ts', 'src/cli/run.ts'],
      ['src/operators/map.ts', 'node-red'],
      ['src/state/keyed.ts', 'node:fs']
    ]
    for (const [from, to] of wrong) assert.ok(problemOf({ from, to }), `${from} -> ${to}`)
  })
  it('has no files that import each other in a ring, not even types', () => {
    assert.equal(findRing(imports)?.join(' -> '), undefined)
    const ring = ['a.ts', 'b.ts', 'c.ts']
    assert.ok(findRing(ring.map((from, i) => ({ from, to: ring[(i + 1) % 3] }))))
  })
  it('knows the clock and timers only in src/time/clock.ts, the command line and nodes/shared', () => {
    const mayKnow = (file: string): boolean => file === 'src/time/clock.ts' || /^(src\/cli|nodes\/shared)\//.test(file)
    const found = files.filter(file => !mayKnow(file)).flatMap(file => clocksIn(file).map(clock => `${file}: ${clock}`))
    assert.deepEqual(found, [])
    assert.ok(clocksIn('src/time/clock.ts').length > 0)
  })
  it('is drawn in CONTRIBUTING.md as it is tested here', () => {
    const [, drawing = ''] = /```mermaid\n([^`]*)```/.exec(readFileSync('CONTRIBUTING.md', 'utf8')) ?? []
    const drawn = [...drawing.matchAll(/^\s*(\S+) --> (\S+)$/gm)].map(([, from, to]) => `${from} --> ${to}`)
    const tested = Object.entries(arrows).flatMap(([from, below]) => below.map(to => `${from} --> ${to}`))
    assert.deepEqual(drawn.sort(), tested.sort())
  })
})
