const day = 86_400_000
const week = 7 * day

/** The Monday that begins week 1 of a year or month: the week with its first Thursday (ISO 8601). */
function firstWeek(year: number, month: number): number {
  const first = Date.UTC(year, month)
  const weekday = new Date(first).getUTCDay() || 7
  return first + (weekday > 4 ? 8 - weekday : 1 - weekday) * day
}

interface Span {
  start(): number
  next(): number
  previous(): number
}

const yearOf = (date: Date): Span => {
  const year = date.getUTCFullYear()
  return {
    start: () => firstWeek(year, 0),
    next: () => firstWeek(year + 1, 0),
    previous: () => firstWeek(year - 1, 0)
  }
}

const monthOf = (date: Date): Span => {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return {
    start: () => firstWeek(year, month),
    next: () => (month === 11 ? firstWeek(year + 1, 0) : firstWeek(year, month + 1)),
    previous: () => (month === 0 ? firstWeek(year - 1, 11) : firstWeek(year, month - 1))
  }
}

/** The number of the week; beyond `whole` weeks it may be the first of what follows, before 1 the last of what was. */
function weekIn(date: Date, span: Span, whole: number): number {
  const today = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
  const number = (today - span.start()) / week + 1
  if (number > whole) return today >= span.next() ? 1 : Math.floor(number)
  return Math.floor(number < 1 ? (today - span.previous()) / week + 1 : number)
}

/** -1, 0 or 1: does the week of the date belong to the year (month) before, to its own or to the next? */
function weekOffset(date: Date, span: Span): number {
  if (date.getTime() < span.start()) return -1
  return date.getTime() >= span.next() ? 1 : 0
}

/** The value of a component of a date picture, in UTC. */
export function datePart(date: Date, component: string): number | string | undefined {
  switch (component) {
    case 'Y':
      return date.getUTCFullYear()
    case 'M':
      return date.getUTCMonth() + 1
    case 'D':
      return date.getUTCDate()
    case 'd': {
      const year = date.getUTCFullYear()
      return (Date.UTC(year, date.getUTCMonth(), date.getUTCDate()) - Date.UTC(year, 0)) / day + 1
    }
    case 'F':
      return date.getUTCDay() || 7
    case 'W':
      return weekIn(date, yearOf(date), 52)
    case 'w':
      return weekIn(date, monthOf(date), 4)
    case 'X':
      return date.getUTCFullYear() + weekOffset(date, yearOf(date))
    case 'x':
      return ((date.getUTCMonth() + weekOffset(date, monthOf(date)) + 12) % 12) + 1
    case 'H':
      return date.getUTCHours()
    case 'h':
      return date.getUTCHours() % 12 || 12
    case 'P':
      return date.getUTCHours() >= 12 ? 'pm' : 'am'
    case 'm':
      return date.getUTCMinutes()
    case 's':
      return date.getUTCSeconds()
    case 'f':
      return date.getUTCMilliseconds()
    case 'C':
    case 'E':
      return 'ISO'
    default:
      return undefined
  }
}
