const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * Milliseconds of a duration such as `500ms`, `10s`, `5m`, `2h`, `1d`, `1.5h`, `-5s`; a bare number is ms.
 * `undefined` where the text is no duration. Blanks do not count; fractions of a millisecond are refused.
 */
export function parseDuration(text: string | number): number | undefined {
  const match = /^([+-]?\d*\.?\d+)(ms|s|m|h|d)?$/.exec(String(text).replace(/\s/g, ''))
  if (!match) return undefined
  // 0.1s is 100 ms although 0.1 * 1000 need not be: rounded to where doubles are exact
  const ms = Math.round(Number(match[1]) * units[match[2] ?? 'ms'] * 1e6) / 1e6
  return Number.isSafeInteger(ms) ? ms : undefined
}

/** The duration in the largest unit that divides it: 90000 -> `90s`, 3600000 -> `1h`. */
export function formatDuration(ms: number): string {
  const unit = ['d', 'h', 'm', 's'].find(name => ms !== 0 && ms % units[name] === 0) ?? 'ms'
  return `${ms / units[unit]}${unit}`
}

/** A measured duration as one says it, not to the ms: 4237 -> `4.2s`, 3723417 -> `1h`, 172800001 -> `2d`. */
export function roughDuration(ms: number): string {
  const unit = ['d', 'h', 'm', 's'].find(name => ms >= units[name]) ?? 'ms'
  const count = ms / units[unit]
  return `${count < 10 ? Math.round(10 * count) / 10 : Math.round(count)}${unit}`
}
