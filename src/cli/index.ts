#!/usr/bin/env node
import { Command } from 'commander'
import { run, type RunOptions } from './run'

const collect = (value: string, all: string[]): string[] => [...all, value]

const program = new Command('stream-analytics').description(
  'Runs the stream nodes of a Node-RED flow over recorded data.'
)
program
  .command('run')
  .description('run an exported flow over files of recorded messages')
  .argument('<flows.json>', 'a flow as Node-RED exports it')
  .option(
    '--in <name=file>',
    'lines of the file leave the output of this node (its name or id); - is stdin',
    collect,
    []
  )
  .option('--out <name=file>', 'messages that arrive at this node are written to the file; - is stdout', collect, [])
  .option('--messages', 'a line is a whole message, not a payload')
  .option('--skip-bad', 'go on after a line that is no JSON, and count')
  .addHelpText('after', '\nExample:\n  stream-analytics run flows.json --in readings=july.ndjson.gz --out alarms=-')
  .action(async (file: string, options: RunOptions) => {
    process.exitCode = await run(file, options)
  })
program.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
void program.parseAsync()
