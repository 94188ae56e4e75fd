// Entry of the editor's side: what the dialogs' declarations use.
import { spokenResults } from './aggregate-names.mjs'
import { atMost, below, between, multipleOf } from './checks.mjs'
import { aggregates, flatRows } from './common.mjs'
import { spokenLength } from './duration.mjs'
import { configNode, node } from './node.mjs'
import { stores, timezones, usualTimezone } from './offers.mjs'
import { isTrue } from './jsonata-truth.mjs'
import { pretty } from './preview.mjs'

const styles = document.createElement('link')
styles.rel = 'stylesheet'
styles.href = new URL('editor.css', import.meta.url).href
document.head.append(styles)

window.streamAnalytics = {
  aggregates,
  atMost,
  below,
  between,
  configNode,
  flatRows,
  isTrue,
  multipleOf,
  node,
  pretty,
  spokenLength,
  spokenResults,
  stores,
  timezones,
  usualTimezone
}
