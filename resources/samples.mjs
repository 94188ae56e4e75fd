// The readings that pictures and previews are made of, the same each time.
/** Pictures count ms of the day that begins here, a Monday. */
export const monday = Date.UTC(2026, 0, 5)
export const noon = 43_200_000

const levels = [21.4, 21.9, 22.6, 22.1, 21.5, 21.8, 22.9, 23.4, 22.7, 22.1, 21.6, 21.4, 22.2, 22.8, 22.3]

/** Readings at some places of a time axis: [{ time, value }]. `places` are multiples of `unit` after `start`. */
export const readingsAt = (places, start, unit) =>
  places.map((place, i) => ({ time: start + Math.round(place * unit), value: levels[i % levels.length] }))

/** Numbers of a quiet sensor around 0 with a standard deviation of about 1; not random, so that pictures stay still. */
export function noise(n) {
  let state = 20
  const next = () => (state = (state * 16807) % 2147483647) / 2147483647
  return Array.from({ length: n }, () => next() + next() + next() + next() + next() + next() - 3).map(
    value => value * Math.SQRT2
  )
}
