// Mutation testing of one area at a time: `npm run mutation` or `AREA=operators/join npm run mutation`. The figures
// and what survives for a reason are in docs/mutation.md.
const area = process.env.AREA ?? 'aggregates'

export default {
  $schema: './node_modules/@stryker-mutator/core/schema/stryker-schema.json',
  plugins: ['@stryker-mutator/mocha-runner'],
  mutate: [`src/${area}/**/*.ts`],
  testRunner: 'mocha',
  mochaOptions: { spec: [`build/test/${area}/**/*.test.js`] },
  // all mutants are built at once; each test then runs against those that it reaches
  buildCommand: 'tsc -b',
  coverageAnalysis: 'perTest',
  // what runs once while a module loads would need a process of its own for each mutant
  ignoreStatic: true,
  concurrency: 1,
  tempDirName: 'build/stryker',
  ignorePatterns: ['build', 'dist', 'demo', 'docs', 'examples'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: `build/mutation-${area.replaceAll('/', '-')}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 85 }
}
