// Durations as the engine reads them (a test compares the two).
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `500ms`, `10s`, `1.5h`, `-5s`; a bare number is ms. `undefined` where the text is no duration. */
export function parseDuration(text) {
  const match = /^([+-]?\d*\.?\d+)(ms|s|m|h|d)?$/.exec(String(text ?? '').replace(/\s+/g, ''))
  if (!match) return undefined
  const ms = Math.round(Number(match[1]) * units[match[2] ?? 'ms'] * 1e6) / 1e6
  return Number.isSafeInteger(ms) ? ms : undefined
}

/** Is a number given and no unit? It counts as ms then, which few expect. */
export const lacksUnit = text => /^[+-]?\d*\.?\d+$/.test(String(text ?? '').trim())

/** A length as it is said and drawn: what was typed, always with a unit; `…` where nothing was. */
export function spokenLength(text) {
  const typed = String(text ?? '').trim() || '…'
  return lacksUnit(typed) ? `${typed} ms` : typed
}
