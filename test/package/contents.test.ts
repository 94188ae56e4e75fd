import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path/posix'
import { specs } from '#engine/operators/index'
import { pack, type Packed } from './packed'

interface Manifest {
  keywords: string[]
  engines: { node: string }
  bin: Record<string, string>
  dependencies: Record<string, string>
  'node-red': { version: string; nodes: Record<string, string> }
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const { nodes } = manifest['node-red']
const types = [...Object.values(specs).map(({ type }) => type), 'stream-settings'].sort()

describe('the packed package', function () {
  this.timeout(60_000)
  let contents: Packed
  let paths: Set<string>
  before(() => {
    ;({ contents } = pack())
    paths = new Set(contents.files.map(({ path }) => path))
  })

  it('holds only what a user needs: no source maps, no tests, no TypeScript but declarations', () => {
    const wanted = [
      /^(README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/,
      /^dist\/.*\.(js|d\.ts)$/,
      /^dist\/nodes\/[^/]*\.html$/,
      /^dist\/nodes\/locales\/[^/]*\/[^/]*\.(json|html)$/,
      /^dist\/nodes\/icons\/[^/]*\.svg$/,
      /^(resources\/.*|examples\/[^/]*\.json|docs\/[^/]*\.md)$/
    ]
    assert.deepEqual(
      [...paths].filter(path => !wanted.some(pattern => pattern.test(path)) || /\btest\b/.test(path)),
      []
    )
  })
  it('has nothing in dist/ whose source is gone', () => {
    const sourceOf = (path: string): string =>
      (path.startsWith('dist/nodes/') ? path.replace('dist/', '') : path.replace('dist/', 'src/')).replace(
        /\.(d\.ts|js)$/,
        '.ts'
      )
    assert.deepEqual(
      [...paths].filter(path => path.startsWith('dist/') && !existsSync(sourceOf(path))),
      []
    )
  })
  it('is smaller than 1 MB unpacked', () => {
    assert.ok(contents.unpackedSize < 1_000_000, `${contents.unpackedSize} bytes`)
  })
  it('can be found by the keyword node-red, and says which versions it needs', () => {
    assert.ok(manifest.keywords.includes('node-red'))
    assert.equal(manifest.engines.node, '>=20')
    assert.equal(manifest['node-red'].version, '>=4.0.0')
  })
  it('has at most six runtime dependencies, each in one exact version', () => {
    const versions = Object.values(manifest.dependencies)
    assert.ok(versions.length <= 6)
    assert.deepEqual(
      versions.filter(version => !/^\d+\.\d+\.\d+$/.test(version)),
      []
    )
  })
  it('lists a file for every node type, which registers that type by its literal name', () => {
    assert.deepEqual(Object.keys(nodes).sort(), types)
    for (const [type, file] of Object.entries(nodes)) {
      for (const part of [file, file.replace('.js', '.html')]) {
        assert.ok(paths.has(part), part)
        assert.match(readFileSync(part, 'utf8'), new RegExp(`registerType\\('${type}'`))
      }
    }
  })
  it('brings labels and help of every type in every language, beside the node', () => {
    const languages = readdirSync('nodes/locales')
    assert.deepEqual(
      ['en-US', 'zh-TW'].filter(language => !languages.includes(language)),
      []
    )
    for (const file of Object.values(nodes)) {
      for (const language of languages) {
        const base = `${dirname(file)}/locales/${language}/${basename(file, '.js')}`
        for (const part of [`${base}.json`, `${base}.html`]) assert.ok(paths.has(part), part)
        assert.doesNotThrow(() => JSON.parse(readFileSync(`${base}.json`, 'utf8')) as unknown, base)
      }
    }
  })
  it('brings examples that are numbered lists of nodes', () => {
    const examples = readdirSync('examples')
    assert.ok(examples.length > 0)
    for (const name of examples) {
      assert.match(name, /^\d\d-[a-z0-9-]+\.json$/)
      assert.ok(paths.has(`examples/${name}`))
      assert.ok(Array.isArray(JSON.parse(readFileSync(`examples/${name}`, 'utf8'))), name)
    }
  })
  it('brings the command line', () => {
    for (const file of Object.values(manifest.bin)) {
      assert.ok(paths.has(file))
      assert.match(readFileSync(file, 'utf8'), /^#!\/usr\/bin\/env node\n/)
    }
  })
})
