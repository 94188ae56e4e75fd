/** Numbers in [smallest, largest) are written without an exponent, and 17 digits of them are a power of ten away that a double holds. */
const smallest = 1e-5
const largest = 1e15

const powers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
/** Each power as the sum of two numbers of 26 bits, whose products with such numbers are exact. */
const upperPowers = powers.map(upperHalf)
const lowerPowers = powers.map((power, i) => power - upperPowers[i])

const lowestExponent = -17
/** By binary exponent: half the distance to the next double, and the decimal exponent, which may be one higher. */
const exponents = Array.from({ length: 50 - lowestExponent }, (_, i) => i + lowestExponent)
const halfDistances = Float64Array.from(exponents, exponent => 2 ** (exponent - 53))
const decimalExponents = Int8Array.from(exponents, exponent => Math.floor(exponent * Math.log10(2)))

const view = new DataView(new ArrayBuffer(8))
/** Far more than what rounding can do to the distances compared; a number for which that could matter is not written. */
const doubt = 1e-6

function upperHalf(number: number): number {
  const scaled = number * 134_217_729
  return scaled - (scaled - number)
}

/**
 * Writes a positive number as JavaScript does: the fewest digits that give this double again, of several such the
 * nearest. Returns where it ends; -1, with nothing written, where the number is out of range or the choice in doubt.
 *
 * The number is scaled to 17 digits before the point, exactly, as a sum of two doubles (Dekker's product). All decimals
 * nearer to it than half the distance to the next double give it back: if there is a multiple of 100 among them, that
 * has the fewest digits, else a multiple of 10, else the nearest whole number is the one.
 */
export function putShortest(bytes: Buffer, at: number, number: number): number {
  if (!(number >= smallest && number < largest)) return -1
  if (number < 1e6) {
    const thousandths = Math.round(number * 1000)
    if (thousandths / 1000 === number) return putThousandths(bytes, at, thousandths)
  }
  view.setFloat64(0, number)
  // below a power of two the distance is half of that: a test tries each, and no digits depend on it
  const index = (view.getInt32(0) >> 20) - 1023 - lowestExponent
  let decimals = 16 - decimalExponents[index]
  let scaled = number * powers[decimals]
  if (scaled >= 1e17) scaled = number * powers[--decimals]
  const upper = upperHalf(number)
  const lower = number - upper
  const error =
    upper * upperPowers[decimals] -
    scaled +
    upper * lowerPowers[decimals] +
    lower * upperPowers[decimals] +
    lower * lowerPowers[decimals]

  // nine digits and eight
  let first = Math.floor(scaled / 1e8)
  const rest = scaled - first * 1e8 + error
  let last = nearest(rest, halfDistances[index] * powers[decimals])
  if (last >= 1e8) {
    first++
    last -= 1e8
  }
  // also where `nearest` is in doubt
  if (last < 0 || first < 1e8 || first >= 1e9) return -1
  return putDigits(bytes, at, first, last, 17 - decimals)
}

/** The roundest number nearer to `value` than `reach`, which is between 0.5 and 12; -1 where rounding might have decided. */
function nearest(value: number, reach: number): number {
  for (let step = 100; step > 1; step /= 10) {
    const round = Math.round(value / step) * step
    const distance = Math.abs(value - round)
    if (distance < reach - doubt) return distance < step / 2 - doubt ? round : -1
    if (distance < reach + doubt) return -1
  }
  const round = Math.round(value)
  return Math.abs(value - round) < 0.5 - doubt ? round : -1
}

/** Puts the digits with the point behind the first `whole` of them, without the zeros at the end. */
function putDigits(bytes: Buffer, at: number, first: number, last: number, whole: number): number {
  let start = at
  if (whole <= 0) {
    bytes[at] = 0x30
    bytes[at + 1] = 0x2e
    start = at + 2
    for (let i = whole; i < 0; i++) bytes[start++] = 0x30
    start--
  }
  putPadded(bytes, start + 1, first, 9)
  putPadded(bytes, start + 10, last, 8)
  let end = start + 18
  while (bytes[end - 1] === 0x30) end--
  if (whole <= 0) return end
  for (let i = start; i < start + whole; i++) bytes[i] = bytes[i + 1]
  const point = start + whole
  bytes[point] = 0x2e
  return end <= point + 1 ? point : end
}

/**
 * What a sensor gives has few decimals. Numbers of at most 15 digits are all different doubles: the one found here has
 * the fewest digits.
 */
function putThousandths(bytes: Buffer, at: number, thousandths: number): number {
  const whole = (thousandths / 1000) | 0
  let point = at + 1
  for (let limit = 10; whole >= limit; limit *= 10) point++
  putPadded(bytes, at, whole, point - at)
  putPadded(bytes, point + 1, thousandths - whole * 1000, 3)
  bytes[point] = 0x2e
  let end = point + 4
  while (bytes[end - 1] === 0x30) end--
  return end === point + 1 ? point : end
}

/** Puts `length` digits of a whole number below 1e9. */
export function putPadded(bytes: Buffer, at: number, number: number, length: number): void {
  let rest = number | 0
  for (let i = at + length - 1; i >= at; i--) {
    const tenth = (rest / 10) | 0
    bytes[i] = 0x30 + rest - tenth * 10
    rest = tenth
  }
}
