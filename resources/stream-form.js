// Draws the rows of a dialog from a list of fields. Each row: { name, kind, options?, offered?, when? }.
//   text | flag | select (options: words) | typed (options: typedInput types; its type is saved in `${name}Type`)
//   aggregates (a list of { fn, field, fieldType, arg, as })
// `when(values)` says whether a row belongs to the chosen mode: others are hidden and keep their values.
;(function () {
  const scope = 'node-red-contrib-stream-analytics/stream-settings:'
  const label = key => RED._(`${scope}field.${key}`)
  const word = key => RED._(`${scope}word.${key}`, { defaultValue: key })
  const none = { value: 'none', label: word('none'), hasValue: false }
  const types = { msg: 'msg', jsonata: 'jsonata', js: { value: 'js', label: 'JavaScript', icon: 'fa fa-code' }, none }
  const functions = [
    'count',
    'sum',
    'mean',
    'min',
    'max',
    'range',
    'first',
    'last',
    'delta',
    'variance',
    'stddev',
    'variancePop',
    'stddevPop',
    'median',
    'percentile'
  ]

  const input = (name, attributes) => $('<input>', { id: `node-input-${name}`, ...attributes })

  function row(prefix, { name, kind, options }, node) {
    const id = `node-${prefix}-${name}`
    const box = $('<div>', { class: 'form-row', 'data-field': name })
    $('<label>', { for: id, text: label(name) }).appendTo(box)
    if (kind === 'select') {
      const select = $('<select>', { id, css: { width: '70%' } }).appendTo(box)
      const known = options.includes(node[name]) || node[name] === undefined ? options : [...options, node[name]]
      for (const option of known) $('<option>', { value: option, text: word(option || 'none') }).appendTo(select)
    } else if (kind === 'flag') {
      input(name, { id, type: 'checkbox', css: { width: 'auto' } }).appendTo(box)
    } else {
      input(name, { id, type: 'text', css: { width: '70%' } }).appendTo(box)
      if (kind === 'typed') input(`${name}Type`, { id: `${id}Type`, type: 'hidden' }).appendTo(box)
    }
    return box
  }

  function aggregateList(box, saved) {
    const list = $('<ol>', { id: 'stream-aggregates', 'aria-label': label('aggregates') }).appendTo(box)
    list.editableList({
      removable: true,
      sortable: true,
      height: 'auto',
      addItem(container, _index, data) {
        const line = $('<div>', { css: { display: 'flex', gap: '4px' } }).appendTo(container)
        const fn = $('<select>', { class: 'stream-fn', 'aria-label': label('fn'), css: { width: '28%' } }).appendTo(
          line
        )
        const known = !data.fn || functions.includes(data.fn) ? functions : [...functions, data.fn]
        for (const name of known) $('<option>', { value: name, text: name }).appendTo(fn)
        fn.val(data.fn || 'mean')
        const arg = $('<input>', {
          class: 'stream-arg',
          type: 'text',
          placeholder: '0-100',
          'aria-label': label('arg'),
          css: { width: '12%' }
        })
          .val(data.arg ?? '')
          .appendTo(line)
        const field = $('<input>', { class: 'stream-field', type: 'text', 'aria-label': label('aggregateField') })
          .val(data.field ?? '')
          .appendTo(line)
        field.typedInput({ types: ['msg', 'jsonata'], default: data.fieldType || 'msg' })
        field.typedInput('width', '36%')
        const as = $('<input>', { class: 'stream-as', type: 'text', 'aria-label': label('as'), css: { width: '18%' } })
          .val(data.as ?? '')
          .appendTo(line)
        const update = () => {
          arg.toggle(fn.val() === 'percentile')
          as.attr('placeholder', fn.val() === 'percentile' ? `p${arg.val()}` : fn.val())
        }
        fn.on('change', update)
        arg.on('input', update)
        update()
      }
    })
    for (const aggregate of saved) list.editableList('addItem', aggregate)
  }

  function savedAggregates() {
    return $('#stream-aggregates')
      .editableList('items')
      .toArray()
      .map(item => ({
        fn: item.find('.stream-fn').val(),
        field: item.find('.stream-field').typedInput('value'),
        fieldType: item.find('.stream-field').typedInput('type'),
        arg: item.find('.stream-fn').val() === 'percentile' ? item.find('.stream-arg').val() : '',
        as: item.find('.stream-as').val().trim()
      }))
  }

  /** Draws `fields` into `#stream-form`; call it in oneditprepare with the node. */
  function draw(node, fields, prefix = 'input') {
    const form = $('#stream-form')
    for (const field of fields) {
      if (field.kind === 'aggregates') {
        const box = $('<div>', { class: 'form-row', 'data-field': field.name }).appendTo(form)
        $('<label>', { text: label('aggregates'), css: { width: '100%' } }).appendTo(box)
        aggregateList(box, node[field.name] || [])
        continue
      }
      const box = row(prefix, field, node).appendTo(form)
      const element = box.find(`#node-${prefix}-${field.name}`)
      if (field.kind === 'flag') element.prop('checked', node[field.name] === true)
      else element.val(node[field.name] ?? '')
      if (field.kind === 'typed') {
        element.typedInput({
          types: field.options.map(type => types[type] ?? { value: type, label: word(type), hasValue: false }),
          typeField: `#node-${prefix}-${field.name}Type`
        })
        element.typedInput('type', node[`${field.name}Type`] || field.options[0])
        element.typedInput('value', node[field.name] ?? '')
      }
    }
    const update = () => {
      const value = name => $(`#node-${prefix}-${name}`).val()
      for (const field of fields) if (field.when) form.find(`[data-field="${field.name}"]`).toggle(field.when(value))
    }
    form.on('change', 'select', update)
    update()
  }

  const isEnv = text => /^\$\{[^}]+\}$/.test(text)

  /** A duration such as 500ms, 10s, 5m, 2h, 1d; empty where `optional`. */
  function isDuration(text, optional = true, signed = false) {
    const value = String(text ?? '').replace(/\s+/g, '')
    if (value === '') return optional
    return isEnv(value) || (/^[+-]?\d*\.?\d+(ms|s|m|h|d)?$/.test(value) && (signed || !value.startsWith('-')))
  }

  function isCount(text, optional = false) {
    const value = String(text ?? '').trim()
    return value === '' ? optional : isEnv(value) || (/^\d+$/.test(value) && Number(value) >= 1)
  }

  window.streamAnalytics = { draw, savedAggregates, isDuration, isCount }
})()
