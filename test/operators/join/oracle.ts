import type { Key, Timestamp } from '#engine/record'

// The three joins by their definitions: nested loops over all that came, and no state that could be dropped too early.

export interface Row {
  side: 'left' | 'right'
  id: number
  time: Timestamp
  key: Key
}
/** A record, or a watermark. */
export type Step = Row | { watermark: Timestamp }
export const isRow = (step: Step): step is Row => 'id' in step

/** What is to come out, in any order: `step: what`, where step is that of the record or watermark that brings it. */
type Results = string[]

interface Arrived extends Row {
  /** Step at which it came, and the watermark then. */
  at: number
  watermark: Timestamp
}

function arrivals(steps: readonly Step[]): Arrived[] {
  let watermark = -Infinity
  return steps.flatMap((step, at) => {
    if (isRow(step)) return [{ ...step, at, watermark }]
    watermark = step.watermark
    return []
  })
}

/** The first step at which the watermark has come to where `isReached` says; the end of the stream if it never does. */
function stepOf(steps: readonly Step[], isReached: (watermark: Timestamp) => boolean): number {
  const found = steps.findIndex(step => !isRow(step) && isReached(step.watermark))
  return found < 0 ? steps.length : found
}

const isOuter = (joinType: string, side: string): boolean => joinType === 'full' || joinType === side
const alone = ({ side, id }: Row): string => (side === 'left' ? `${id}+-` : `-+${id}`)

export function intervalOracle(steps: readonly Step[], joinType: string, lower: number, upper: number): Results {
  const reach = { left: Math.max(upper, 0), right: Math.max(-lower, 0) }
  const isHeld = (row: Row, watermark: Timestamp): boolean => row.time + reach[row.side] >= watermark
  const rows = arrivals(steps)
  const late = rows.filter(row => !isHeld(row, row.watermark))
  const taken = rows.filter(row => !late.includes(row))
  const results = late.map(({ id, at }) => `${at}: !${id}`)
  const matched = new Set<Row>()
  for (const left of taken.filter(({ side }) => side === 'left')) {
    for (const right of taken.filter(({ side }) => side === 'right')) {
      const distance = right.time - left.time
      const [first, second] = left.at < right.at ? [left, right] : [right, left]
      if (left.key === null || left.key !== right.key || distance < lower || distance > upper) continue
      if (!isHeld(first, second.watermark)) continue
      matched.add(left).add(right)
      results.push(`${second.at}: ${left.id}+${right.id}`)
    }
  }
  for (const row of taken) {
    if (row.key === null) results.push(`${row.at}: ${isOuter(joinType, row.side) ? alone(row) : `!${row.id}`}`)
    else if (isOuter(joinType, row.side) && !matched.has(row)) {
      results.push(`${stepOf(steps, watermark => !isHeld(row, watermark))}: ${alone(row)}`)
    }
  }
  return results
}

export function windowOracle(steps: readonly Step[], joinType: string, size: number): Results {
  const rows = arrivals(steps)
  const lastOf = ({ time }: Row): Timestamp => Math.floor(time / size) * size + size - 1
  const results: Results = []
  const taken = rows.filter(row => {
    const isTaken = lastOf(row) > row.watermark && (row.key !== null || isOuter(joinType, row.side))
    if (!isTaken) results.push(`${row.at}: !${row.id}`)
    return isTaken
  })
  const matched = new Set<Row>()
  const fires = (row: Row): number => stepOf(steps, watermark => watermark >= lastOf(row))
  for (const left of taken.filter(({ side }) => side === 'left')) {
    for (const right of taken.filter(({ side }) => side === 'right')) {
      if (left.key === null || left.key !== right.key || lastOf(left) !== lastOf(right)) continue
      matched.add(left).add(right)
      results.push(`${fires(left)}: ${left.id}+${right.id}`)
    }
  }
  for (const row of taken) {
    if (isOuter(joinType, row.side) && !matched.has(row)) results.push(`${fires(row)}: ${alone(row)}`)
  }
  return results
}

export function latestOracle(steps: readonly Step[], joinType: string, ttl = Infinity): Results {
  const results: Results = []
  const versions: Arrived[] = []
  const rows = arrivals(steps)
  for (const row of rows.filter(({ side }) => side === 'right')) {
    // too late for every left row that may still come
    const isPassed = versions.some(
      ({ key, time, at }) => key === row.key && at < row.at && time > row.time && time <= row.watermark
    )
    if (row.key === null || isPassed || row.time + ttl < row.watermark) results.push(`${row.at}: !${row.id}`)
    else versions.push(row)
  }
  for (const left of rows.filter(({ side }) => side === 'left')) {
    const isWaiting = left.time > left.watermark
    const takenAt = isWaiting ? stepOf(steps, watermark => watermark >= left.time) : left.at
    const version = versions
      .filter(({ key, time, at }) => key !== null && key === left.key && time <= left.time && at < takenAt)
      .sort((a, b) => a.time - b.time || a.at - b.at)
      .pop()
    const isGone =
      !isWaiting &&
      version !== undefined &&
      (version.time + ttl < left.watermark ||
        versions.some(
          ({ key, time, at }) => key === left.key && at < left.at && time > version.time && time <= left.watermark
        ))
    const right = version !== undefined && version.time >= left.time - ttl ? version : undefined
    if (isGone && right) results.push(`${takenAt}: !${left.id}`)
    else if (right) results.push(`${takenAt}: ${left.id}+${right.id}`)
    else results.push(`${takenAt}: ${joinType === 'left' ? `${left.id}+-` : `!${left.id}`}`)
  }
  return results
}
