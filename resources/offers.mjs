// What fields suggest while typing, and where they are empty.

/** IANA time zones that this browser knows. */
export const timezones = () => ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')]

const zoneOfSettings = settings => globalThis.RED.nodes.node(settings)?.timezone

/** The time zone that holds where a node names none, for its empty field. */
export function usualTimezone({ settings }, say) {
  const zone = zoneOfSettings(settings)
  return zone ? say('empty.timezone', { zone }) : 'UTC'
}

/** The time zone whose clock a node's windows follow. */
export const zoneOf = ({ timezone, settings }) => timezone || zoneOfSettings(settings) || 'UTC'

/** Context stores of this Node-RED, and `off`. */
export const stores = () => [...(globalThis.RED.settings.context?.stores ?? []), 'off']
