// What the editor itself knows about expressions and properties. Each returns undefined or a problem.

/** Syntax of a JSONata expression, with the place of the mistake. */
export function jsonataProblem(text) {
  try {
    globalThis.jsonata(text)
    return undefined
  } catch ({ message, position }) {
    return position === undefined ? { key: 'expression', message } : { key: 'expressionAt', message, position }
  }
}

/** Syntax of one JavaScript expression. It is compiled, never run; the brackets keep out a second statement. */
export function javascriptProblem(text) {
  try {
    new Function('msg', 'payload', 'topic', 'time', 'key', `"use strict"; return [(${text}\n)]`)
    return undefined
  } catch ({ message }) {
    return { key: 'expression', message }
  }
}

/** A property of the message, such as `payload.temperature` or `payload["a b"][0]`. */
export function propertyProblem(text) {
  const path = text.replace(/^msg\./, '')
  return globalThis.RED.utils.validatePropertyExpression(path) === true ? undefined : { key: 'property' }
}
