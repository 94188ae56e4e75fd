import { usualMaxHeld } from '../config/limits'
import { ConfigError } from '../errors'
import { specs } from '../operators'
import type { StagePorts } from '../stage/ports'
import { Stage } from '../stage/stage'
import type { Clock } from '../time/clock'
import { type FlowGraph, type FlowNode, labelOf, slugOf } from './graph'
import { prepareWithPackage } from './packaged-jsonata'

/** Recorded data knows no wall clock: it stands still. */
const stillClock: Clock = { now: () => 0, at: () => () => undefined }

/** What feeds a stage, where its results go, and who is told what the user should know. */
type Wiring = Pick<StagePorts, 'upstream' | 'send' | 'advance' | 'warn'>

const unwired: Wiring = { send: () => undefined, warn: () => undefined }

/** The stage of a stream node over recorded data; without wiring its results are lost. @throws ConfigError naming node and field */
export function recordedStage(graph: FlowGraph, node: FlowNode, wiring = unwired): Stage {
  try {
    return new Stage(specs[slugOf(node.type)], node, {
      id: node.id,
      name: labelOf(node),
      settings: graph.settingsOf(node),
      prepareJsonata: prepareWithPackage,
      clock: stillClock,
      isLive: false,
      maxHeld: usualMaxHeld,
      maxQueued: Infinity,
      ...wiring
    })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new ConfigError(`${labelOf(node)}: ${error.field}`, error.problem, error.got)
  }
}
