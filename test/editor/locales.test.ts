import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { type Declaration, declarations, editorModule, type Row, rowsOf } from './editor-files'

type Tree = { [key: string]: string | Tree }

const read = (language: string, type: string): Tree =>
  JSON.parse(readFileSync(`nodes/locales/${language}/${type}.json`, 'utf8')) as Tree

const flat = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`)
  )

const blanks = (text: string): string[] => [...text.matchAll(/__(\w+)__/g)].map(([, name]) => name).sort()

/** Keys that a row asks for, by the rules of resources/inputs.mjs. */
function keysOf({ name, kind, options, types, unit, empty }: Row): string[] {
  const special = (types ?? []).filter(type => !['msg', 'jsonata', 'js'].includes(type))
  return [
    `field.${name}`,
    ...(options ?? []).map(option => `option.${name}.${option}`),
    ...special.map(type => `type.${type}`),
    ...(kind === 'flag' ? [`flag.${name}`] : []),
    ...(unit ? [`unit.${name}`] : []),
    ...(empty ? [`empty.${name}`] : [])
  ]
}

const sources = (folder: string, pattern: RegExp): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => pattern.test(name))
    .map(name => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n')

describe('the texts of the editor', () => {
  const languages = readdirSync('nodes/locales')
  let dialogs: Declaration[]
  before(async () => (dialogs = await declarations()))

  it('have the same keys and the same blanks in every language', () => {
    for (const { type } of dialogs) {
      const expected = flat(read('en-US', type)).map(([key, text]) => [key, blanks(text)])
      for (const language of languages) {
        assert.deepEqual(
          flat(read(language, type))
            .map(([key, text]) => [key, blanks(text)])
            .sort(),
          expected.sort(),
          `${language} ${type}`
        )
      }
    }
  })
  it('are there for every row, and none is there for nothing', async () => {
    const { functions } = await editorModule<{ functions: Record<string, { group: string; arg?: string }> }>(
      'functions.mjs'
    )
    const scripts = sources('resources', /\.mjs$/)
    const nodes = sources('nodes/shared', /\.ts$/)
    const states = nodes + sources('src/state', /\.ts$/)
    const stages = sources('src/stage', /\.ts$/)
    const isWritten = (key: string): boolean => {
      const last = key.slice(key.lastIndexOf('.') + 1)
      if (key.startsWith('runtime.warning.') && stages.includes(`kind: '${last}'`)) return true
      if (key.startsWith('runtime.state.') && states.includes(`'${last}'`)) return true
      if (key.startsWith('runtime.')) return nodes.includes(`'${key.slice('runtime.'.length).replace('_plural', '')}'`)
      if (key.startsWith('problem.')) return scripts.includes(`'${last}'`) || dialogScripts.includes(`'${last}'`)
      return scripts.includes(`'${key}'`) || dialogScripts.includes(`'${key}'`)
    }
    const dialogScripts = sources('nodes', /\.html$/)
    const shared = new Set(
      Object.entries(functions).flatMap(([name, { group, arg }]) => [
        `function.${name}`,
        `group.${group}`,
        ...(arg ? [`argument.${arg}`] : [])
      ])
    )
    const own = new Map<string, Set<string>>()
    for (const dialog of dialogs) {
      const keys = new Set(['label.palette'])
      own.set(dialog.type, keys)
      for (const row of await rowsOf(dialog)) for (const key of keysOf(row)) (row.isShared ? shared : keys).add(key)
      if (dialog.rows.some(({ kind }) => kind === 'aggregates'))
        ['empty.aggregates', 'empty.field'].forEach(key => keys.add(key))
      if (dialog.outputs)
        ['input', ...Array.from({ length: dialog.outputs }, (_, i) => `output.${i + 1}`)].forEach(key => keys.add(key))
      for (const key of byValue(dialog)) keys.add(key)
    }
    for (const key of shared) own.get('stream-settings')?.add(key)
    own.get('stream-map')?.add('palette.label.stream_analytics')
    for (const [type, needed] of own) {
      const there = flat(read('en-US', type)).map(([key]) => key)
      assert.deepEqual(
        [...needed].filter(key => !there.includes(key)),
        [],
        `${type}: missing`
      )
      assert.deepEqual(
        there.filter(key => !needed.has(key) && !isWritten(key)),
        [],
        `${type}: not used`
      )
    }
  })
  it('are there for every problem that a check can tell', () => {
    const told = [
      ...(sources('resources', /\.mjs$/) + sources('nodes', /\.html$/)).matchAll(
        /key: '(\w+)'|problemIf\([^;]*?, '(\w+)'/g
      )
    ]
    const keys = new Set(told.map(([, one, other]) => one ?? other))
    assert.ok(keys.size > 15)
    for (const key of keys) assert.ok(key in (read('en-US', 'stream-settings').problem as Tree), key)
  })
  it('call in the help what the dialog shows by the words of the dialog', () => {
    for (const language of languages) {
      const shared = flat(read(language, 'stream-settings'))
      for (const { type } of dialogs) {
        const shown = [...flat(read(language, type)), ...shared].map(([, text]) => text.replace(/__\w+__/g, '…'))
        const help = readFileSync(`nodes/locales/${language}/${type}.html`, 'utf8')
        for (const [, word] of help.matchAll(/<i>(.*?)<\/i>/g))
          assert.ok(
            shown.some(text => text.includes(word)),
            `${language} ${type}: ${word}`
          )
      }
    }
  })
  it('explain every field of the dialog in the help, by its label', async () => {
    for (const language of languages) {
      const label = (type: string, name: string): string => (read(language, type).field as Record<string, string>)[name]
      for (const dialog of dialogs) {
        const help = readFileSync(`nodes/locales/${language}/${dialog.type}.html`, 'utf8')
        const explained = [...help.matchAll(/<dt>(.*?) *</g)].map(([, words]) => words.toLowerCase()).join(', ')
        for (const { name, isShared } of await rowsOf(dialog)) {
          const words = label(isShared ? 'stream-settings' : dialog.type, name)
          assert.ok(explained.includes(words.toLowerCase()), `${language} ${dialog.type}: ${words}`)
        }
      }
    }
  })
  it('help with every node in every language, with the same headings and the same code', () => {
    for (const { type } of dialogs) {
      const help = (language: string): string => readFileSync(`nodes/locales/${language}/${type}.html`, 'utf8')
      const shape = (text: string): string[] =>
        [...text.matchAll(/<\/?(h3|dl|dt|dd|ol|ul|li|p)\b/g)].map(([tag]) => tag)
      assert.match(help('en-US'), new RegExp(`data-help-name="${type}"`))
      assert.ok(help('en-US').length > 1500, `${type} is hardly helpful`)
      for (const language of languages)
        assert.deepEqual(shape(help(language)), shape(help('en-US')), `${language} ${type}`)
    }
  })
})

/** Keys that pictures and the threshold ask for by the value of a field. */
function byValue({ type, rows, picture }: Declaration): string[] {
  const options = (name: string): string[] => rows.find(row => row.name === name)?.options ?? []
  const hasThreshold = (method: string): boolean => !['auto', 'flatline', 'frequency'].includes(method)
  const of: Record<string, string[]> = {
    timeWindow: options('windowType').map(word => `picture.${word}`),
    join: [...options('mode'), ...options('joinType')].map(word => `picture.${word}`),
    stats: [...options('scope').map(word => `picture.${word}`), ...options('emit').map(word => `picture.emit.${word}`)],
    anomaly: [
      ...options('method').map(word => `picture.${word}`),
      ...options('method')
        .filter(hasThreshold)
        .flatMap(word => [`unit.${word}`, `usual.${word}`])
    ]
  }
  if (type === 'stream-settings') return (rows[0].types ?? []).map(word => `about.${word}`)
  return of[picture ?? ''] ?? []
}
