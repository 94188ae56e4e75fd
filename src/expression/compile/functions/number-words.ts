/** Whole numbers in English words. */

const small = (
  'Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen ' +
  'Eighteen Nineteen'
).split(' ')
const smallOrdinals = (
  'Zeroth First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth Thirteenth Fourteenth ' +
  'Fifteenth Sixteenth Seventeenth Eighteenth Nineteenth'
).split(' ')
const tens = 'Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety'.split(' ')
const thousands = 'Thousand Million Billion Trillion'.split(' ')

/** The rest of a number behind a larger part; `th` where nothing follows and the number is an ordinal. */
function rest(value: number, isOrdinal: boolean): string {
  return value > 0 ? words(value, true, isOrdinal) : isOrdinal ? 'th' : ''
}

function words(value: number, isBehind: boolean, isOrdinal: boolean): string {
  if (value < 20) return (isBehind ? ' and ' : '') + (isOrdinal ? smallOrdinals : small)[value]
  if (value < 100) {
    const ten = tens[Math.floor(value / 10) - 2]
    const one = value % 10
    const text = one > 0 ? `${ten}-${words(one, false, isOrdinal)}` : isOrdinal ? `${ten.slice(0, -1)}ieth` : ten
    return (isBehind ? ' and ' : '') + text
  }
  const before = isBehind ? ', ' : ''
  if (value < 1000) return `${before}${small[Math.floor(value / 100)]} Hundred${rest(value % 100, isOrdinal)}`
  const power = Math.min(Math.floor(Math.log10(value) / 3), thousands.length)
  const unit = Math.pow(10, power * 3)
  const count = Math.floor(value / unit)
  return `${before}${words(count, false, false)} ${thousands[power - 1]}${rest(value - count * unit, isOrdinal)}`
}

/** `Twenty-One` or, as an ordinal, `Twenty-First`. */
export const toWords = (value: number, isOrdinal: boolean): string => words(value, false, isOrdinal)

const values = new Map<string, number>()
for (const list of [small, smallOrdinals]) list.forEach((word, i) => values.set(word.toLowerCase(), i))
tens.forEach((word, i) => {
  const lower = word.toLowerCase()
  for (const form of [lower, `${lower.slice(0, -1)}ieth`]) values.set(form, (i + 2) * 10)
})
for (const [i, word] of ['Hundred', ...thousands].entries()) {
  const lower = word.toLowerCase()
  for (const form of [lower, `${lower}th`]) values.set(form, i === 0 ? 100 : Math.pow(1000, i))
}

/** The number of words in small letters; NaN where one is unknown. */
export function wordsToNumber(text: string): number {
  let parts = [0]
  for (const word of text.split(/,\s|\sand\s|[\s\\-]/)) {
    const value = values.get(word) ?? NaN
    const last = parts.at(-1) as number
    const before = parts.slice(0, -1)
    if (!(value < 100)) parts = [...before, last * value]
    else parts = last >= 1000 ? [...before, last, value] : [...before, last + value]
  }
  return parts.reduce((sum, part) => sum + part, 0)
}
