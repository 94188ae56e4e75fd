import type { Warning } from '../stage/ports'

/** What a warning says to who runs a flow over files. There is no clock there, of which others than these would tell. */
export const wordsOf = (warning: Warning): string =>
  warning.kind === 'noKey'
    ? `${warning.records} records came and none had a key (a row of csv has no topic): all are taken as one stream`
    : 'msg.stream was not made by a stream node, and is left as it is'
