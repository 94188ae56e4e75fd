/** Of places that all lie equally far apart, from 0 on, how far; `undefined` where they do not, or there are none. */
export function regularity(places: readonly number[]): number | undefined {
  if (places.length === 0) return undefined
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  const every = places.reduce(divisor)
  return every > 0 && places.every((_, i) => places.includes((i + 1) * every)) ? every : undefined
}
