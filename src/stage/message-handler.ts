import type { Message } from '../record'
import type { StageParts } from './assemble'
import { BatchErrors, elementsOf } from './batch'
import { controlOf, isControl } from './controls'
import type { StagePorts } from './ports'

/** What is done with a message: it is a record, a batch of records, or a control message. */
export class MessageHandler {
  constructor(
    private readonly parts: StageParts,
    private readonly ports: StagePorts
  ) {}

  /** Handles a message at once. @throws RecordError */
  handle(message: Message): void {
    const { isBatch, driver } = this.parts
    // a generator costs as much as most records: not for them
    if (isBatch || isControl(message)) for (const _ of this.steps(message)) continue
    else driver.take(message)
  }

  /** Handles a message, waiting for the expressions of each record in it. Rejects with a RecordError. */
  async handleWaiting(message: Message): Promise<void> {
    for (const record of this.steps(message)) await this.parts.compiler.prepare(record)
  }

  /** Handles a message; gives each record in it just before that is taken. */
  private *steps(message: Message): Generator<Message, void, void> {
    const { isBatch, driver } = this.parts
    if (isControl(message)) this.control(message)
    else if (isBatch) yield* this.batchSteps(message)
    else {
      yield message
      driver.take(message)
    }
  }

  private *batchSteps(message: Message): Generator<Message, void, void> {
    const { driver } = this.parts
    const errors = new BatchErrors()
    const elements = elementsOf(message)
    driver.begin()
    for (const [i, element] of elements.entries()) {
      yield element
      errors.try(() => driver.take(element, i))
    }
    driver.close(message)
    errors.throwAny(message)
  }

  private control(message: Message): void {
    const { parts, ports } = this
    const { driver, time, isKeyedByTopic } = parts
    const { payload: _, ...rest } = message
    const control = controlOf(message, { isKeyedByTopic, timezone: ports.settings.timezone })
    switch (control.kind) {
      case 'reset':
        driver.reset(control.key)
        ports.forgot?.(control.key)
        break
      case 'flush':
        driver.flush()
        ports.forgot?.()
        break
      case 'watermark':
        time.known.raise(control.watermark)
        driver.catchUp()
    }
    ports.send(0, rest)
  }
}
