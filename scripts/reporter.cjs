// Mocha's usual report, and its counts as a file.
const { writeFileSync } = require('node:fs')
const { Spec } = require('mocha').reporters

module.exports = class extends Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once('end', () => writeFileSync(options.reporterOptions.output, JSON.stringify(this.stats)))
  }
}
