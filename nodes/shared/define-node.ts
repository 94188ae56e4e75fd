import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red'
import { readConfig } from '#engine/config/fields'
import { type Settings, settingsFields } from '#engine/config/settings'
import { ConfigError } from '#engine/errors'
import type { PreparedJsonata } from '#engine/expression/jsonata'
import { specs } from '#engine/operators/index'
import { Stage } from '#engine/stage/stage'
import { systemClock } from '#engine/time/clock'
import { NodeStatus } from './status'

interface StreamDef extends NodeDef {
  settings?: string
}

/** A stream-settings node as the others see it. */
export interface SettingsNode extends Node {
  /** Absent where its configuration is wrong; it has said so itself. */
  settings?: Settings
}

const maxQueued = 10_000

/** The constructor of a stream node: its operator is found by name, its fields are read by the operator. */
export function defineNode(RED: NodeAPI, slug: string): (this: Node, config: NodeDef) => void {
  return function (config: StreamDef) {
    RED.nodes.createNode(this, config)
    const status = new NodeStatus(RED, this)
    let cancelWake = (): void => undefined
    let wakeAt = Infinity
    let stage: Stage

    const schedule = (): void => {
      const next = stage.wakeAt()
      if (next === wakeAt) return
      cancelWake()
      wakeAt = next
      if (next < Infinity) {
        cancelWake = systemClock.at(next, () => {
          wakeAt = Infinity
          stage.tick()
          status.show(stage)
          schedule()
        })
      }
    }

    try {
      stage = new Stage(specs[slug], config as unknown as Record<string, unknown>, {
        id: this.id,
        name: this.name || this.id,
        settings: settingsOf(RED, config.settings),
        prepareJsonata: text => prepareJsonata(RED, this, text),
        clock: systemClock,
        isLive: true,
        upstream: [],
        maxHeld: (RED.settings as { nodeMessageBufferMaxLength?: number }).nodeMessageBufferMaxLength || 1_000_000,
        maxQueued,
        warn: () => undefined,
        send: (port, message) =>
          this.send(Array.from({ length: port + 1 }, (_, i) => (i === port ? (message as NodeMessage) : null))),
        advance: () => undefined
      })
    } catch (error) {
      const problem = error as Error
      status.fail(problem)
      this.error(problem.message)
      this.on('input', (_message, _send, done) => done(problem))
      return
    }

    this.on('input', (message, _send, done) => {
      const finish = (error: Error | undefined): void => {
        if (error) {
          status.fail(error)
          done(error)
          return
        }
        status.show(stage)
        schedule()
        done()
      }
      const outcome = stage.receive(message)
      if (outcome instanceof Promise) void outcome.then(finish)
      else finish(outcome)
    })
    this.on('close', () => {
      cancelWake()
      status.stop()
    })
  }
}

/** The settings of a node: those of its settings node, the defaults where it names none. @throws ConfigError */
function settingsOf(RED: NodeAPI, id: string | undefined): Settings {
  if (!id) return readConfig(settingsFields, {})
  const settings = (RED.nodes.getNode(id) as SettingsNode | undefined)?.settings
  if (!settings)
    throw new ConfigError('settings', 'must be a stream-settings node that is there and without mistakes', id)
  return settings
}

/** JSONata as Node-RED brings it, with its functions for context and environment. */
function prepareJsonata(RED: NodeAPI, node: Node, text: string): PreparedJsonata {
  const expression = RED.util.prepareJSONataExpression(text, node)
  return {
    ast: () => (expression as { ast(): unknown }).ast(),
    evaluate: input =>
      new Promise((resolve, reject) => {
        RED.util.evaluateJSONataExpression(expression, input as NodeMessage, (error: Error | null, value: unknown) => {
          if (error) reject(error)
          else resolve(value)
        })
      }),
    // Node-RED finds out whether the expression says `msg`, and keeps it there
    document: input => ((expression as { _legacyMode?: boolean })._legacyMode ? { msg: input } : input)
  }
}
