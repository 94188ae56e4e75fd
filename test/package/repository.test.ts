import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Text that has no place in a tracked file; put together from parts, so that this file holds none of it. */
const forbidden: Record<string, RegExp> = {
  'a folder of some machine': new RegExp(['(^|[^\\w.])/(ho', 'me|Us', 'ers|wo', 'rk)/[a-z]'].join('')),
  'a test that leaves out the others': new RegExp(['\\b(it|describe|context)\\.on', 'ly\\b'].join('')),
  'something left to do': new RegExp(['\\b(TO', 'DO|FIX', 'ME|XX', 'X)\\b'].join(''))
}

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
})
