import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Text that has no place in a tracked file; put together from parts, so that this file holds none of it. */
const forbidden: Record<string, RegExp> = {
  'a folder of some machine': new RegExp(['(^|[^\\w.])/(ho', 'me|Us', 'ers|wo', 'rk)/[a-z]'].join('')),
  'a test that leaves out the others': new RegExp(['\\b(it|describe|context)\\.on', 'ly\\b'].join('')),
  'something left to do': new RegExp(['\\b(TO', 'DO|FIX', 'ME|XX', 'X)\\b'].join(''))
}

/** Used by what is not written down: the compiler finds types by itself. */
const isImplied = (name: string): boolean => name.startsWith('@types/')

describe('the repository', () => {
  let files: string[]
  before(function () {
    if (!existsSync('.git')) this.skip()
    files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n').filter(existsSync)
  })
  for (const [what, pattern] of Object.entries(forbidden)) {
    it(`has no file with ${what}`, () => {
      assert.deepEqual(
        files.filter(file => pattern.test(readFileSync(file, 'utf8'))),
        []
      )
    })
  }
  it('names no registry but the public one in its lock file', () => {
    const lock = readFileSync('package-lock.json', 'utf8')
    const hosts = [...lock.matchAll(/"resolved": "https?:\/\/([^/]+)/g)].map(([, host]) => host)
    assert.deepEqual(
      [...new Set(hosts)].filter(host => host !== 'registry.npmjs.org'),
      []
    )
  })
  it('has every file that CONTRIBUTING.md names', () => {
    const paths = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/`((?:src|nodes|resources|test)\/[^`<*]*)`/g)]
    assert.ok(paths.length > 5)
    assert.deepEqual(
      paths.map(([, path]) => path).filter(path => !existsSync(path)),
      []
    )
  })
  it('uses every package that it depends on', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
    const texts = files.filter(file => !/^package(-lock)?\.json$/.test(file)).map(file => readFileSync(file, 'utf8'))
    const isUsed = (name: string): boolean => texts.some(text => new RegExp(`['"/]${name}['"/]`).test(text))
    assert.deepEqual(
      names.filter(name => !isImplied(name) && !isUsed(name)),
      []
    )
  })
})
