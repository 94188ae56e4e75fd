import { ConfigError } from '../errors'
import type { StreamRecord } from '../record'
import { failure } from './failure'

/** @throws SyntaxError */
function compile(expression: string): (...scope: unknown[]) => unknown {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return new Function('msg', 'payload', 'topic', 'time', 'key', `"use strict"; return ${expression}`) as never
}

/**
 * One JavaScript expression, compiled once, with `msg`, `payload`, `topic`, `time` and `key` in scope.
 * It has the trust of a function node: its author wrote the flow.
 * @throws ConfigError naming `field` for a syntax error; the function throws RecordError where the expression throws
 */
export function compileJavascript(text: string, field: string): (record: StreamRecord) => unknown {
  let run: (...scope: unknown[]) => unknown
  try {
    // a text that leaves its brackets, such as `1); f(`, cannot leave those of both kinds
    run = compile(`(${text}\n)`)
    compile(`[${text}\n]`)
  } catch (error) {
    throw new ConfigError(field, `must be a JavaScript expression: ${(error as Error).message}`, text)
  }
  return ({ value, time, key }) => {
    try {
      return run(value, value.payload, value.topic, time, key)
    } catch (error) {
      throw failure(field, error instanceof Error ? error.message : String(error), value)
    }
  }
}
