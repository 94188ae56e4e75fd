import type { Fields } from '../config/fields'
import { commonFields, keyFields } from '../config/settings'
import { anomaly } from './anomaly'
import { countWindow } from './count-window'
import { filter } from './filter'
import { join } from './join'
import { map } from './map'
import type { NodeSpec } from './spec'
import { stats } from './stats'
import { timeWindow } from './time-window'

/** A spec with the fields that all nodes have beside its own. */
function complete(spec: NodeSpec): NodeSpec {
  const fields: Fields = { ...commonFields, ...(spec.findsKeys ? {} : keyFields), ...spec.fields }
  return { ...spec, fields }
}

/** Name -> operator: the only list of them. */
export const specs: Readonly<Record<string, NodeSpec>> = {
  map: complete(map),
  filter: complete(filter),
  'count-window': complete(countWindow),
  'time-window': complete(timeWindow),
  join: complete(join),
  stats: complete(stats),
  anomaly: complete(anomaly)
}
