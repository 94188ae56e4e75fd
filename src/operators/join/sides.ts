import { ConfigError, RecordError } from '../../errors'
import type { Getter } from '../../expression/property'
import { type Key, type Message, toKey } from '../../record'

export type Side = 'left' | 'right'

/** A message with its place in the join; `key` is null where it has none. */
export interface Place {
  side: Side
  key: Key
}

/**
 * Does a name match `pattern`, with MQTT's wildcards (`+` one level, `#` the rest)? If so, what the `+` matched, joined
 * by `/`.
 */
export function sideMatcher(pattern: string): (name: string) => string | undefined {
  if (!/[+#]/.test(pattern)) return name => (name === pattern ? '' : undefined)
  const levels = pattern.split('/')
  return name => {
    const parts = name.split('/')
    const matched: string[] = []
    for (let i = 0; i < levels.length; i++) {
      if (levels[i] === '#') return matched.join('/')
      if (i >= parts.length) return undefined
      if (levels[i] === '+') matched.push(parts[i])
      else if (levels[i] !== parts[i]) return undefined
    }
    return parts.length === levels.length ? matched.join('/') : undefined
  }
}

interface SideOptions {
  /** Reads what tells the sides apart; `property` is its name in errors. */
  side: Getter
  property: string
  /** The names of the sides; an empty `right` takes everything that is not left. */
  left: string
  right: string
  /** Read the key; absent: what the `+` matched. */
  leftKey?: Getter
  rightKey?: Getter
}

/**
 * Makes a function that says where a message belongs; `undefined`: to neither side. It throws a RecordError.
 * @throws ConfigError where nothing could be left
 */
export function placeReader({ side, property, left, right, leftKey, rightKey }: SideOptions) {
  if (left.trim() === '') throw new ConfigError('left', 'must not be empty', left)
  const matchLeft = sideMatcher(left)
  const matchRight = right === '' ? () => '' : sideMatcher(right)
  return (message: Message): Place | undefined => {
    const name = side(message)
    if (name !== null && typeof name === 'object') throw new RecordError(property, 'must be text', name)
    const text = toKey(name) ?? ''
    const leftMatch = matchLeft(text)
    if (leftMatch !== undefined) return { side: 'left', key: leftKey ? toKey(leftKey(message)) : leftMatch }
    const rightMatch = matchRight(text)
    if (rightMatch !== undefined) return { side: 'right', key: rightKey ? toKey(rightKey(message)) : rightMatch }
    return undefined
  }
}
