import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, realpathSync } from 'node:fs'
import assert from 'node:assert/strict'
import { join } from 'node:path'

const folder = '../shared/golden'

describe('rows of a real Flink', function () {
  this.timeout(120_000)
  if (!existsSync(folder)) return void it('are not here: skipped')
  const isCase = (name: string): boolean => existsSync(join(folder, name, 'flow.json'))
  for (const name of readdirSync(folder).filter(isCase)) {
    it(name, () => {
      const { stdout } = spawnSync(
        process.execPath,
        // by its real path: the comparer does nothing where it is called by another one
        [join(realpathSync(folder), 'check.mjs'), '--only', name, '--', process.execPath, 'dist/cli/index.js'],
        { encoding: 'utf8' }
      )
      assert.match(stdout, /^1 passed, 0 failed$/m)
    })
  }
})
