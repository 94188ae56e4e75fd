import jsonata from 'jsonata'
import { ExpressionCompiler } from '#engine/expression/compiler'
import type { Operator, Output } from '#engine/operator'
import { join } from '#engine/operators/join/index'
import type { Key, Message, Timestamp } from '#engine/record'

export interface Limits {
  maxKeys: number
  keyTtl?: number
  maxHeld: number
}

/** A join of the topics `l` and `r`, the key in `msg.k`. */
export function makeJoin(config: Record<string, unknown>, limits: Partial<Limits> = {}, timezone = 'UTC'): Operator {
  return join.create(
    { left: 'l', right: 'r', leftKey: 'k', rightKey: 'k', ...config },
    {
      compiler: new ExpressionCompiler(text => jsonata(text)),
      limits: { maxKeys: 1000, maxHeld: 1000, ...limits },
      name: 'join',
      isKeyed: true,
      timezone
    }
  )
}

/** What came out: output, message, time, key. */
export interface Emitted {
  port: 1 | 2
  message: Message
  time: Timestamp
  key: Key
}

/** An operator, and all that it has emitted. */
export class Driver {
  out: Emitted[] = []
  readonly output: Output = {
    emit: (message, time, key) => void this.out.push({ port: 1, message, time, key }),
    divert: (message, time, key) => void this.out.push({ port: 2, message, time, key })
  }
  constructor(public operator: Operator) {}

  left(time: Timestamp, payload: unknown, k: unknown = 'a'): this {
    return this.send({ topic: 'l', payload, k }, time)
  }

  right(time: Timestamp, payload: unknown, k: unknown = 'a'): this {
    return this.send({ topic: 'r', payload, k }, time)
  }

  send(value: Message, time: Timestamp): this {
    this.operator.process({ value, time, key: null }, this.output)
    return this
  }

  watermark(time: Timestamp): this {
    this.operator.onWatermark(time, this.output)
    return this
  }

  flush(): this {
    this.operator.flush(this.output)
    return this
  }

  /** What came out since the last call: `left+right`, `-` where unmatched; `!payload` on output 2. */
  taken(): string[] {
    const taken = this.out.map(({ port, message }) => {
      if (port === 2) return `!${String(message.payload)}`
      const { left, right } = message.payload as { left: unknown; right: unknown }
      return `${String(left ?? '-')}+${String(right ?? '-')}`
    })
    this.out = []
    return taken
  }

  /** Goes on in a fresh operator, from a snapshot that was text in between. */
  restart(fresh: Operator): this {
    fresh.restore(JSON.parse(JSON.stringify(this.operator.snapshot())))
    this.operator = fresh
    return this
  }
}

export const drive = (config: Record<string, unknown>, limits?: Partial<Limits>, timezone?: string): Driver =>
  new Driver(makeJoin(config, limits, timezone))
