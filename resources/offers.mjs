// What fields suggest while typing.

/** IANA time zones that this browser knows. */
export const timezones = () => ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')]

/** Context stores of this Node-RED, and `off`. */
export const stores = () => [...(globalThis.RED.settings.context?.stores ?? []), 'off']
