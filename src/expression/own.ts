import type { Message } from '../record'

/** Reading data: own properties only. What an object inherits, be it a method or a getter, is no data. */

const { hasOwnProperty } = Object.prototype

/** Names that every object inherits, such as `constructor`. */
export const isInherited = (name: string): boolean => name in Object.prototype

/**
 * Is it an object that inherits nothing but what every object does? The constructor answers for most that are not; asking
 * for it also tells V8 the object's shape, without which the prototype is asked for by a call that costs ten times as much.
 */
const hasUsualPrototype = (object: object): boolean =>
  object.constructor === Object && Object.getPrototypeOf(object) === Object.prototype

/** The own property of any name, `undefined` where there is none. */
export function own(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined
  // by `call` it takes half the time of Object.hasOwn
  return hasOwnProperty.call(object, name) ? (object as Record<string, unknown>)[name] : undefined
}

/** `own` for a name that is `known` beforehand not to be inherited by every object: of plain objects it takes a third. */
export function ownNamed(object: unknown, known: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined
  return hasUsualPrototype(object) ? (object as Record<string, unknown>)[known] : own(object, known)
}

/** `ownNamed` of the usual first step of a path: a name that is written out is found without a search. */
export const ownPayload = (message: Message): unknown =>
  hasUsualPrototype(message) ? message.payload : own(message, 'payload')
