import type { NodeAPI } from 'node-red'

/** The text of a key of `runtime` in the locale files, in the language of the runtime. */
export function words(RED: NodeAPI, key: string, values: Record<string, string | number> = {}): string {
  const translate = RED._ as unknown as (key: string, values: Record<string, string | number>) => string
  return translate(`node-red-contrib-stream-analytics/stream-settings:runtime.${key}`, values)
}
