const quote = 0x22
const backslash = 0x5c
const lineFeed = 0x0a

/** Blanks as JSON has them. */
export const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Behind the closing quote of the string that begins at `at`; -1 where the line ends before. */
export function endOfString(bytes: Buffer, at: number): number {
  for (let i = at + 1; bytes[i] !== lineFeed; i++) {
    if (bytes[i] === quote) return i + 1
    if (bytes[i] === backslash && bytes[++i] === lineFeed) return -1
  }
  return -1
}

/** Behind the bracket that closes the object or array that begins at `at`; -1 where the line ends before. */
export function endOfNested(bytes: Buffer, at: number): number {
  let depth = 0
  for (let i = at; bytes[i] !== lineFeed; i++) {
    const byte = bytes[i]
    if (byte === quote) {
      const end = endOfString(bytes, i)
      if (end < 0) return -1
      i = end - 1
    } else if (byte === 0x5b || byte === 0x7b) depth++
    else if ((byte === 0x5d || byte === 0x7d) && --depth === 0) return i + 1
  }
  return -1
}
