import type { Message } from '#engine/record'
import { type Config, Driver } from './driver'

/** A record of key `a` and value 1, `[time, value, key]`, or any other message. */
export type Short = number | readonly [time: number, v: unknown, key?: unknown] | Message

const messageOf = (step: Short): Message => {
  if (typeof step === 'number') return messageOf([step, 1])
  if (!Array.isArray(step)) return step as Message
  const [ts, v, k = 'a'] = step as readonly [number, unknown, unknown?]
  return { payload: { ts, v, k, id: ts } }
}

/**
 * What a node of event time tells at each of the steps: `a 0-10: 3` for a result (the sum, where the node does not say),
 * with `early` or `correction` where it is not final, and `late 7` for a record of time 7.
 */
export function told(config: Config, steps: readonly Short[], settings: Config = {}, slug = 'time-window'): string[][] {
  const aggregates = [{ fn: 'sum', field: 'payload.v' }]
  const driver = new Driver(
    slug,
    { key: 'payload.k', aggregates, ...config },
    { time: 'payload.ts', timeType: 'msg', ...settings }
  )
  return steps.map(step => {
    driver.receive(messageOf(step))
    const { out, late } = driver.taken()
    return [
      ...out.map(({ key, window, result }) => {
        const { start, end, kind } = window ?? {}
        return `${key ?? '(none)'} ${start}-${end}${kind ? ` ${kind}` : ''}: ${JSON.stringify(result)}`
      }),
      ...late.map(id => `late ${id}`)
    ]
  })
}
