import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import assert from 'node:assert/strict'

const folder = '../shared/golden'
const covered =
  /^(tumbling-|hopping-(inorder|late|offset)$|session-(inorder|late|nokey)$|agg-percentile$|count-|chain-|cascade-|interval-|window-|latest-|nexmark-)/

describe('rows of a real Flink', function () {
  this.timeout(120_000)
  if (!existsSync(folder)) return void it('are not here: skipped')
  for (const name of readdirSync(folder).filter(name => covered.test(name))) {
    it(name, () => {
      const { status, stdout } = spawnSync(
        process.execPath,
        [`${folder}/check.mjs`, '--only', name, '--', process.execPath, 'dist/cli/index.js'],
        { encoding: 'utf8' }
      )
      assert.equal(status, 0, stdout)
    })
  }
})
