import { type Message, runFlow } from '#engine/index'

/** A flow of one stream node between `in`, `out` (output 1) and `rest` (output 2). */
export const oneNode = (node: object, settings: object = {}): object[] => [
  { id: 's', type: 'stream-settings', ...settings },
  { id: 'i', type: 'inject', name: 'in', wires: [['node']] },
  { id: 'node', settings: 's', wires: [['o'], ['r']], ...node },
  { id: 'o', type: 'debug', name: 'out', wires: [] },
  { id: 'r', type: 'debug', name: 'rest', wires: [] }
]

export interface Outcome {
  out: Message[]
  rest: Message[]
  /** What each refused message was refused with. */
  errors: string[]
}

/** What becomes of copies of `messages`, made ready by `prepare`. */
export async function outcomeOf(
  node: object,
  settings: object,
  messages: readonly Message[],
  prepare: (message: Message) => Message = message => message
): Promise<Outcome> {
  const errors: string[] = []
  const { out, rest } = await runFlow(oneNode(node, settings), {
    inputs: { in: messages.map(message => prepare(structuredClone(message))) },
    onBadRecord: error => errors.push(error.message)
  })
  return { out, rest, errors }
}

export const payloads = (messages: readonly Message[]): unknown[] => messages.map(({ payload }) => payload)
