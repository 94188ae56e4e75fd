/** Columns of numbers, as detectors keep them. */
type Column = Float64Array | Float32Array | Uint16Array | Uint8Array

/** A column as text for a snapshot: exact, NaN and infinities too, and half as long as in digits. */
export const packed = ({ buffer, byteOffset, byteLength }: Column): string =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('base64')

/** The way back, into a column of its own. */
export function unpacked<C extends Column>(text: string, kind: new (buffer: ArrayBuffer) => C): C {
  const bytes = Buffer.from(text, 'base64')
  return new kind(Uint8Array.from(bytes).buffer)
}
