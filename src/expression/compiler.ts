import { ConfigError, type RecordError } from '../errors'
import type { Message, StreamRecord } from '../record'
import { failure } from './failure'
import { compileJavascript } from './javascript'
import { compileJsonata, type CompiledJsonata, type PrepareJsonata } from './jsonata'
import { type Getter, propertyGetter } from './property'

/** Reads one value of a record. */
type RecordGetter = (record: StreamRecord) => unknown

function messageOf(error: unknown): string {
  const { message, code, position } = error as { message?: string; code?: string; position?: number }
  const where = position === undefined ? '' : ` at character ${position}`
  return `${message ?? String(error)}${where}${code === undefined ? '' : ` (${code})`}`
}

/** An expression that is evaluated before its record is handled; reading it then costs nothing and cannot wait. */
class AwaitedExpression {
  private value: unknown
  private error: unknown
  constructor(
    private readonly compiled: CompiledJsonata,
    private readonly field: string
  ) {}

  async prepare(message: Message): Promise<void> {
    this.error = undefined
    try {
      this.value = await this.compiled.evaluate(message)
    } catch (error) {
      this.error = failure(this.field, messageOf(error), message)
    }
  }

  readonly get: Getter = () => {
    if (this.error !== undefined) throw this.error as RecordError
    return this.value
  }
}

/** What became of one expression of a node. */
export interface Expression {
  field: string
  text: string
  /** Why it is left to the evaluator; absent where it is compiled. */
  reason?: string
}

/**
 * Turns the texts of a node's configuration into functions that read a message. Operators stay synchronous: where an
 * expression gives a promise, `prepare` is to be awaited with the message before the operator sees it.
 */
export class ExpressionCompiler {
  /** The expressions met so far, in the order of the fields. */
  readonly expressions: Expression[] = []
  private readonly awaited: AwaitedExpression[] = []
  constructor(private readonly prepareJsonata: PrepareJsonata) {}

  /** Must `prepare` be awaited before each message? */
  get isAsync(): boolean {
    return this.awaited.length > 0
  }

  /** Evaluates what has to be waited for. Never rejects: an expression that fails throws when it is read. */
  async prepare(message: Message): Promise<void> {
    for (const expression of this.awaited) await expression.prepare(message)
  }

  /** A property path (`msg`) or a JSONata expression over the message. @throws ConfigError naming `field` */
  getter(text: string, type: string, field: string): Getter {
    return type === 'jsonata' ? this.jsonata(text, field) : propertyGetter(text, field)
  }

  /** A JSONata or JavaScript expression over the record. @throws ConfigError naming `field` */
  expression(text: string, type: string, field: string): RecordGetter {
    if (text.trim() === '') throw new ConfigError(field, 'must not be empty', text)
    if (type === 'js') {
      this.expressions.push({ field, text })
      return compileJavascript(text, field)
    }
    const get = this.jsonata(text, field)
    return record => get(record.value)
  }

  private jsonata(text: string, field: string): Getter {
    let compiled: CompiledJsonata
    try {
      compiled = compileJsonata(text, this.prepareJsonata)
    } catch (error) {
      throw new ConfigError(field, `must be a JSONata expression: ${messageOf(error)}`, text)
    }
    this.expressions.push({ field, text, reason: compiled.reason })
    if (!compiled.compiled || compiled.mayRecurse) {
      const expression = new AwaitedExpression(compiled, field)
      this.awaited.push(expression)
      return expression.get
    }
    return message => {
      try {
        return compiled.evaluate(message)
      } catch (error) {
        throw failure(field, messageOf(error), message)
      }
    }
  }
}
