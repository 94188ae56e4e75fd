import type { Message } from '#engine/record'
import { type Config, Driver } from './driver'

/** A record of key `a` and value 1, `[time, value, key]`, or any other message. */
export type Short = number | readonly [time: number, v: unknown, key?: unknown] | Message

export const messageOf = (step: Short): Message => {
  if (typeof step === 'number') return messageOf([step, 1])
  if (!Array.isArray(step)) return step as Message
  const [ts, v, k = 'a'] = step as readonly [number, unknown, unknown?]
  return { payload: { ts, v, k, id: ts } }
}

/** What came out since it was asked last: `a 0-10: 3`, with `early` or `correction` where not final; `late 7`. */
export function words(driver: Driver): string[] {
  const { out, late } = driver.taken()
  return [
    ...out.map(({ key, window, result }) => {
      const { start, end, kind } = window ?? {}
      return `${key ?? '(none)'} ${start}-${end}${kind ? ` ${kind}` : ''}: ${JSON.stringify(result)}`
    }),
    ...late.map(id => `late ${id}`)
  ]
}

/** A node of event time that sums up `payload.v`, where the configuration does not say. */
export const summing = (config: Config, settings: Config = {}, slug = 'time-window'): Driver => {
  const aggregates = [{ fn: 'sum', field: 'payload.v' }]
  return new Driver(
    slug,
    { key: 'payload.k', aggregates, ...config },
    { time: 'payload.ts', timeType: 'msg', ...settings }
  )
}

/** What such a node tells at each of the steps, in the words above. */
export function told(config: Config, steps: readonly Short[], settings?: Config, slug?: string): string[][] {
  const driver = summing(config, settings, slug)
  return steps.map(step => {
    driver.receive(messageOf(step))
    return words(driver)
  })
}
