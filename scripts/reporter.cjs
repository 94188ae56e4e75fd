// Mocha's usual report, and its counts and what has failed as a file.
const { writeFileSync } = require('node:fs')
const { Spec } = require('mocha').reporters

module.exports = class extends Spec {
  constructor(runner, options) {
    super(runner, options)
    const problems = []
    runner.on('fail', (test, { message }) => problems.push(`${test.fullTitle()}: ${message}`))
    runner.once('end', () => {
      writeFileSync(options.reporterOptions.output, JSON.stringify({ ...this.stats, problems }))
    })
  }
}
