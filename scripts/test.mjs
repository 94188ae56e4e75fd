// What `npm test` runs: types, lint, format, all tests, and those of the engine again on the system's Node 20.
// Closes with one line of the real counts; types, lint and format count as one each.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'

const counts = { passed: 0, failed: 0, skipped: 0 }
/** What has failed, told once more at the end: nobody reads thousands of lines. */
const problems = []
const limit = 600_000 // ms; a test that hangs must not hang whoever waits for the result

function run(node, ...args) {
  const { status, error } = spawnSync(node, args, { stdio: 'inherit', timeout: limit })
  if (error)
    problems.push(`${args[0]}: ${error.code === 'ETIMEDOUT' ? `not done in ${limit / 1000} s` : error.message}`)
  return status === 0
}

function check(title, ...args) {
  const isGood = run(process.execPath, ...args)
  counts[isGood ? 'passed' : 'failed']++
  console.log(`${title}: ${isGood ? 'passed' : 'FAILED'}`)
  if (!isGood) problems.push(title)
  return isGood
}

function mocha(node, ...files) {
  const report = 'build/counts.json'
  rmSync(report, { force: true })
  const reporter = ['--reporter', 'scripts/reporter.cjs', '--reporter-option', `output=${report}`]
  const isGood = run(node, 'node_modules/mocha/bin/mocha.js', ...files, ...reporter)
  const none = { passes: 0, failures: 0, pending: 0, problems: [] }
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : none
  counts.passed += result.passes
  counts.skipped += result.pending
  problems.push(...result.problems)
  if (result.failures > 0) {
    counts.failed += result.failures
  } else if (!isGood || result.passes === 0) {
    counts.failed++
    problems.push(`the tests on ${node} broke off, or there were none`)
  }
}

/** The tests of the folders of src/, and of the contract: they know no Node-RED. */
function engineTests() {
  const isEngine = name => name === 'contract' || existsSync(`src/${name}`)
  return readdirSync('build/test')
    .filter(isEngine)
    .map(name => `build/test/${name}/**/*.test.js`)
}

const bin = name => `node_modules/${name}`
if (check('types', bin('typescript/bin/tsc'), '-b') && run(process.execPath, 'scripts/copy-assets.mjs')) {
  check('lint', bin('eslint/bin/eslint.js'), '.')
  check('format', bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.')
  console.log(`all tests on Node ${process.version}`)
  mocha(process.execPath, 'build/test/**/*.test.js')
  const { systemNode } = createRequire(import.meta.url)('../build/test/package/platforms.js')
  if (systemNode?.version.startsWith('v20.')) {
    console.log(`the engine's tests on Node ${systemNode.version}`)
    mocha(systemNode.file, ...engineTests())
  } else {
    console.log("the engine's tests on Node 20: skipped: needs Node 20")
    counts.skipped++
  }
}
for (const problem of problems) console.log(`FAILED ${problem}`)
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exitCode = counts.failed === 0 ? 0 : 1
