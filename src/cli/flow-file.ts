import { ConfigError } from '../errors'
import { FlowGraph } from '../flow/graph'
import { readText } from './files/text'

/** The flow that a file holds. @throws FileError, ConfigError */
export function readFlow(file: string): FlowGraph {
  const text = readText(file)
  try {
    return new FlowGraph(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new ConfigError(file, 'must be a JSON file', error.message)
    throw error
  }
}
