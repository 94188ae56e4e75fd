// A declaration of rows -> the definition that Node-RED's editor wants.
import { batch, key } from './common.mjs'
import { defaultsOf } from './defaults.mjs'
import { openForm } from './form.mjs'
import { illustration } from './illustration.mjs'
import { tell } from './marks.mjs'
import { trial } from './trial.mjs'
import { close, filledIn, valuesOf } from './values.mjs'
import { shared, wordsOf } from './words.mjs'

const $ = globalThis.$

/** The static part of a dialog: Node-RED itself fills in name and settings. */
function addTemplate(type, prefix, hasSettings) {
  const input = (name, label) =>
    `<div class="form-row stream-row"><label for="${prefix}-${name}">${label}</label><div class="stream-cell"><input type="text" id="${prefix}-${name}" style="width: 100%"></div></div>`
  const html =
    input('name', '<span data-i18n="node-red:common.label.name"></span>') +
    (hasSettings ? input('settings', '<span class="stream-settings-label"></span>') : '')
  $('<script>', { type: 'text/html', 'data-template-name': type })
    .text(`<div class="stream-form">${html}</div>`)
    .appendTo('body')
}

/** Leaves the dialog as by its Done button, then shows the examples: Node-RED imports only where no dialog is open. */
function showExamples() {
  const { RED } = globalThis
  const show = () => {
    RED.events.off('editor:close', show)
    setTimeout(() => RED.actions.invoke('core:show-examples-import-dialog'), 300)
  }
  RED.events.on('editor:close', show)
  $('#node-dialog-ok').trigger('click')
}

function footer(root) {
  const button = $('<button>', {
    type: 'button',
    class: 'red-ui-button red-ui-button-small',
    text: ` ${shared('examples')}`
  })
  $('<i>', { class: 'fa fa-folder-open-o', 'aria-hidden': 'true' }).prependTo(button)
  button.on('click', showExamples)
  $('<div>', { class: 'stream-footer' }).append(button).appendTo(root)
}

/** One short line of a text, for a node in a flow. */
function brief(text) {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}

/** A stream node. `rows` are seen at once, `more` on demand; `picture` or `trial` shows what they do. */
export function node(type, { rows, more = [], hasKey = true, picture, tries, label, ...looks }) {
  const say = wordsOf(type)
  const advanced = [...more, ...(hasKey ? [key] : []), batch]
  addTemplate(type, 'node-input', true)
  const illustrate = picture ? places => illustration(places, picture, say) : places => trial(places, tries(say))
  return {
    // in words it is `palette.label.stream_analytics` of the first node, as Node-RED asks for it
    category: 'stream analytics',
    icon: `${type}.svg`,
    inputs: 1,
    ...looks,
    defaults: {
      ...defaultsOf([...rows, ...advanced], say),
      settings: { value: '', type: 'stream-settings', required: false }
    },
    paletteLabel: () => say('label.palette'),
    label() {
      return this.name || brief(label(filledIn(this, rows))) || say('label.palette')
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : ''
    },
    inputLabels: () => say('input'),
    outputLabels: index => say(`output.${index + 1}`),
    oneditprepare() {
      const root = $('#node-input-name').closest('.stream-form')
      const settings = root.find('#node-input-settings')
      root.find('.stream-settings-label').text(shared('field.settings'))
      const prefix = 'node-input'
      const hidden = openForm(this, { root, prefix, rows, more: advanced, say, illustrate, settings })
      settings.closest('.stream-row').insertAfter(hidden.find('summary'))
      footer(root)
    },
    oneditsave() {
      if ('aggregates' in this) this.aggregates = valuesOf(this).aggregates
      close(this)
    },
    oneditcancel() {
      close(this)
    }
  }
}

/** Words under a typed field that say what its type means. */
function explanation({ above }, field, say) {
  const row = above.find(`[data-field="${field}"]`)
  const words = $('<div>', { class: 'stream-hint', role: 'status' }).appendTo(row)
  return values => tell(words, say(`about.${values[`${field}Type`]}`))
}

/** A configuration node: all rows in one list, those of `more` behind a summary; the type of the field `explains` is explained. */
export function configNode(type, { rows, more, explains }) {
  const say = wordsOf(type)
  addTemplate(type, 'node-config-input', false)
  return {
    category: 'config',
    defaults: defaultsOf([...rows, ...more], say),
    paletteLabel: () => say('label.palette'),
    label() {
      return this.name || say('label.palette')
    },
    oneditprepare() {
      const root = $('#node-config-input-name').closest('.stream-form')
      const illustrate = places => explanation(places, explains, say)
      openForm(this, { root, prefix: 'node-config-input', rows, more, say, illustrate })
    },
    oneditsave() {
      close(this)
    },
    oneditcancel() {
      close(this)
    }
  }
}
