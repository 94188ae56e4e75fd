import { readFileSync } from 'node:fs'
import { ConfigError } from '../errors'
import { FlowGraph } from '../flow/graph'
import { fileError } from './files/file-error'

/** The flow that a file holds. @throws FileError, ConfigError */
export function readFlow(file: string): FlowGraph {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw fileError(file, error)
  }
  try {
    return new FlowGraph(JSON.parse(text.replace(/^\ufeff/, '')))
  } catch (error) {
    if (error instanceof SyntaxError) throw new ConfigError(file, 'must be a JSON file', error.message)
    throw error
  }
}
