import type { Message } from '../record'

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== false

/** A message that tells the node something and is no record: `reset`, `flush` or `watermark` is there and not false. */
export const isControl = (message: Message): boolean =>
  isSet(message.reset) || isSet(message.flush) || isSet(message.watermark)

export const isReset = ({ reset }: Message): boolean => isSet(reset)
export const isFlush = ({ flush }: Message): boolean => isSet(flush)
