/** Reading data: own properties only. What an object inherits, be it a method or a getter, is no data. */

const { hasOwnProperty } = Object.prototype

/** Names that every object inherits, such as `constructor`. */
export const isInherited = (name: string): boolean => name in Object.prototype

/** The own property of any name, `undefined` where there is none. */
export function own(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined
  // by `call` it takes half the time of Object.hasOwn
  return hasOwnProperty.call(object, name) ? (object as Record<string, unknown>)[name] : undefined
}
