import { isAscii, isUtf8 } from 'node:buffer'

/** The text of the bytes in [from, to). @throws Error where they are not UTF-8: replacing them would change the data */
export function textOf(bytes: Buffer, from: number, to: number): string {
  const part = bytes.subarray(from, to)
  if (isAscii(part)) return part.toString('latin1')
  if (!isUtf8(part)) throw new Error('not UTF-8')
  return part.toString('utf8')
}
