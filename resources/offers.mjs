// What fields suggest while typing, and where they are empty.

/** IANA time zones that this browser knows. */
export const timezones = () => ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')]

/** The time zone that holds where a node names none, for its empty field. */
export function usualTimezone({ settings }, say) {
  const zone = globalThis.RED.nodes.node(settings)?.timezone
  return zone ? say('empty.timezone', { zone }) : 'UTC'
}

/** Context stores of this Node-RED, and `off`. */
export const stores = () => [...(globalThis.RED.settings.context?.stores ?? []), 'off']
