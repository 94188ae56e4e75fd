export type Side = 'left' | 'right'

/**
 * Does a name match `pattern`, with MQTT's wildcards (`+` one level, `#` the rest)? If so, what each `+` matched.
 */
export function sideMatcher(pattern: string): (name: string) => string[] | undefined {
  if (!/[+#]/.test(pattern)) return name => (name === pattern ? [] : undefined)
  const levels = pattern.split('/')
  return name => {
    const parts = name.split('/')
    const matched: string[] = []
    for (let i = 0; i < levels.length; i++) {
      if (levels[i] === '#') return matched
      if (i >= parts.length) return undefined
      if (levels[i] === '+') matched.push(parts[i])
      else if (levels[i] !== parts[i]) return undefined
    }
    return parts.length === levels.length ? matched : undefined
  }
}
