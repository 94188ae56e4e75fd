// Tries an expression on a sample message while it is typed. JavaScript is never run in the editor.
import { isFromEnvironment } from './checks.mjs'
import { tell } from './marks.mjs'
import { pretty } from './preview.mjs'
import { javascriptProblem, jsonataProblem } from './syntax.mjs'
import { shared } from './words.mjs'

const $ = globalThis.$
const sample = { topic: 'sensor/1', payload: { temperature: 21.5, humidity: 48 } }

/** Functions that only a running flow can answer. */
const needsFlow = /\$(env|flowContext|globalContext|moment)\(/

/** Does the expression say `msg`? Then Node-RED evaluates it with `msg` in the document, as older versions did. */
const saysMsg = /(^|[^a-zA-Z0-9_'".])msg([^a-zA-Z0-9_'"]|$)/

/** What the JSONata expression gives for a message in JSON: { value } or { reason }. */
async function evaluate(expression, json) {
  let message
  try {
    message = JSON.parse(json)
  } catch {
    return { reason: shared('trial.noJson') }
  }
  if (needsFlow.test(expression)) return { reason: shared('trial.needsFlow') }
  try {
    const document = saysMsg.test(expression) ? { msg: message } : message
    return { message, value: await globalThis.jsonata(expression).evaluate(document) }
  } catch (error) {
    return { reason: shared('trial.failed', { message: error.message }) }
  }
}

/** Draws sample and result; `outcome(message, value)` says in words what the node does with the value. */
export function trial({ above }, { field, outcome }) {
  const card = $('<div>', { class: 'stream-trial' }).appendTo(above)
  const id = `stream-trial-${field}`
  $('<label>', { for: id, class: 'stream-title', text: shared('trial.title') }).appendTo(card)
  const input = $('<textarea>', { id, rows: 4, spellcheck: 'false' }).val(pretty(sample)).appendTo(card)
  const result = $('<pre>', { class: 'stream-preview', role: 'status' }).appendTo(card)
  let turn = 0
  const show = async values => {
    const mine = ++turn
    const text = values[field].trim()
    const type = values[`${field}Type`]
    const answer = await answerOf(text, type, input.val())
    if (mine !== turn) return
    tell(result, answer.reason ?? outcome(answer.message, answer.value, values))
  }
  let last
  input.on('input', () => last && show(last))
  return values => {
    last = values
    void show(values)
  }
}

async function answerOf(text, type, json) {
  if (text === '') return { reason: shared('trial.empty') }
  if (isFromEnvironment(text)) return { reason: shared('trial.needsFlow') }
  if (type === 'js') return { reason: shared(javascriptProblem(text) ? 'trial.syntax' : 'trial.javascript') }
  return jsonataProblem(text) ? { reason: shared('trial.syntax') } : evaluate(text, json)
}
