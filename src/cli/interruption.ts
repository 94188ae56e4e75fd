import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * Where the command is interrupted (Ctrl-C, or a service that is stopped), `close` is called before it ends; a second
 * signal ends it at once. Calling the result leaves signals alone again.
 */
export function onInterruption(close: () => void): () => void {
  const end = (signal: NodeJS.Signals): void => {
    release()
    try {
      close()
    } catch (error) {
      console.error((error as Error).message)
    }
    // whoever started it sees what ended it; the first process of a container is not ended by that
    process.kill(process.pid, signal)
    process.exit(128 + constants.signals[signal])
  }
  const release = (): void => signals.forEach(signal => process.off(signal, end))
  for (const signal of signals) process.on(signal, end)
  return release
}
