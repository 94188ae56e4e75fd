#!/usr/bin/env node
import { Command } from 'commander'
import type { EvaluateOptions } from './evaluate'
import { exitCode } from './exit-code'
import type { RunOptions } from './run'

const collect = (value: string, all: string[]): string[] => [...all, value]

const runExamples = `
A file ends with .ndjson (a line is the JSON of a payload), .csv (the header row names the fields of the payloads) or
either with .gz; any other name is read and written as ndjson. - is stdin or stdout, as ndjson.

Examples:
  alarms of July, to look at
    stream-analytics run flows.json --in readings=july.ndjson.gz --out alarms=-
  rows {key, start, end, ...} for a spreadsheet
    stream-analytics run flows.json --in readings=july.csv --out means=means.csv --rows
  two recordings in the order of their times
    stream-analytics run flows.json --in a=a.ndjson --in b=b.ndjson --merge-by payload.ts --out joined=joined.ndjson
  recorded messages with their topics, live from a broker
    mosquitto_sub -t 'plant/#' -F '{"topic":"%t","payload":%p}' |
      stream-analytics run flows.json --messages --in readings=- --out alarms=-

Exit codes: 0 done; 1 a file that cannot be read or written, or a bad line; 2 a flow or an option that is wrong.
Ctrl-C ends a run early: what has come out by then is written, windows that are still open are not.`

const { version } = require('../../package.json') as { version: string }

const program = new Command('stream-analytics')
  .version(version)
  // what is there without an option stands in its description
  .configureHelp({ optionDescription: ({ description }) => description })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .description('Runs the stream nodes of a Node-RED flow over recorded data.')
  .addHelpText(
    'after',
    `
Example:
  stream-analytics run flows.json --in readings=july.ndjson.gz --out alarms=alarms.csv
  stream-analytics run --help`
  )
program
  .command('run')
  .description('run an exported flow over files of recorded messages')
  .argument('<flows.json>', 'a flow as Node-RED exports it')
  .option(
    '--in <name=file>',
    'what the file holds leaves the output of this node (its name or id); may be given again',
    collect,
    []
  )
  .option(
    '--out <name=file>',
    'what arrives at this node (its name or id) is written to the file; may be given again',
    collect,
    []
  )
  .option('--merge-by <property>', 'read the inputs in the order of this time, such as payload.ts')
  .option('--messages', 'a line of ndjson is a whole message, in and out; a row of csv is a payload all the same')
  .option('--rows', 'write flat rows, as nodes give them in a batch: windows as {key, start, end, ...result}')
  .option('--skip-bad', 'go on after a bad line, and count')
  .addHelpText('after', runExamples)
  .action(async (file: string, options: RunOptions) => {
    const { run } = require('./run') as typeof import('./run')
    process.exitCode = await exitCode(() => run(file, options))
  })
program
  .command('explain')
  .description('say which expressions of a flow are compiled, and why the others are not')
  .argument('<flows.json>', 'a flow as Node-RED exports it')
  .action(async (file: string) => {
    const { explain } = require('./explain') as typeof import('./explain')
    process.exitCode = await exitCode(() => explain(file))
  })
program
  .command('evaluate')
  .description('say how well the anomaly node finds the labelled anomalies of recorded data')
  .argument('<csv or folder>', 'series with a header row: a column of the time, one of the value')
  .requiredOption(
    '--labels <json or column>',
    'a file {"<csv>": [[from, to], ...]}, or a column that marks the rows; needed'
  )
  .option('--method <name>', 'method of the anomaly node; may be given again (default: auto)', collect, [])
  .option(
    '--set <field=value>',
    'another field of the anomaly node, such as window=500; may be given again',
    collect,
    []
  )
  .option('--time <column>', 'column of the time (default: timestamp, time, else the first)')
  .option('--value <column>', 'column of the value (default: value, else the second)')
  .option('--plot <file.svg>', 'draw the first series with band, labels and alarms (needs the package echarts)')
  .action(async (path: string, options: EvaluateOptions) => {
    const { evaluate } = require('./evaluate') as typeof import('./evaluate')
    process.exitCode = await exitCode(() => evaluate(path, options))
  })
void program.parseAsync()
