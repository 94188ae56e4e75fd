import type { RawConfig } from '../../config/fields'
import type { Anomaly } from '../../detectors/watched'
import { runFlow } from '../../flow/run-flow'
import type { Message } from '../../record'
import type { Labelled } from './nab'

/** Runs the anomaly node over a series, row by row; what it says of each. @throws ConfigError */
export async function detect({ times, values }: Labelled, config: RawConfig): Promise<Anomaly[]> {
  const flow = [
    { id: 'settings', type: 'stream-settings', time: 'time', timeType: 'msg' },
    { id: 'in', type: 'inject', wires: [['anomaly']] },
    { ...config, id: 'anomaly', type: 'stream-anomaly', settings: 'settings', keyType: 'none', wires: [['out'], []] },
    { id: 'out', type: 'debug', wires: [] }
  ]
  const messages = Array.from(values, (payload, i): Message => ({ payload, time: times[i] }))
  const { out } = await runFlow(flow, { inputs: { in: messages } })
  return out.map(({ anomaly }) => anomaly as Anomaly)
}
