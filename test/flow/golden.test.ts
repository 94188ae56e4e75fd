import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import assert from 'node:assert/strict'

const folder = '../shared/golden'
const covered =
  /^(tumbling-|hopping-(inorder|late|offset)$|session-(inorder|late|nokey)$|agg-percentile$|count-|chain-|cascade-|interval-(inner|same)$|nexmark-(q0|q1|q2|q14|q22|q5-hop|q7-max|q11|q12|q17))/

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
