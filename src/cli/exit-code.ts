import { ConfigError } from '../errors'
import { ClosedPipe } from './files/byte-sink'
import { FileError } from './files/file-error'

/**
 * Runs a command and resolves to its exit code: 0; 1 where a file cannot be read or written; 2 where a flow or an option
 * is wrong. What was wrong is told on stderr.
 */
export async function exitCode(command: () => void | Promise<void>): Promise<number> {
  // whoever reads what is told may have gone
  process.stderr.on('error', () => undefined)
  try {
    await command()
    return 0
  } catch (error) {
    if (error instanceof ClosedPipe) return 0
    if (!(error instanceof ConfigError || error instanceof FileError)) throw error
    console.error(error.message)
    return error instanceof ConfigError ? 2 : 1
  }
}
