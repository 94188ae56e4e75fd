// Runs mocha and closes with one line of the real counts.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'

const report = 'build/mocha.json'
rmSync(report, { force: true })
const run = (reporter, ...options) =>
  spawnSync(
    process.execPath,
    ['node_modules/mocha/bin/mocha.js', 'build/test/**/*.test.js', '--reporter', reporter, ...options],
    { stdio: 'inherit' }
  )
const { status } = run('json', '--reporter-option', `output=${report}`)
const { stats, failures } = JSON.parse(readFileSync(report, 'utf8'))
for (const { fullTitle, err } of failures) console.error(`FAILED ${fullTitle}\n  ${err.stack ?? err.message}`)
console.log(`${stats.passes} passed, ${stats.failures} failed, ${stats.pending} skipped`)
process.exit(status === 0 && stats.failures === 0 && stats.passes > 0 ? 0 : 1)
