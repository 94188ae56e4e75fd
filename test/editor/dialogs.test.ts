import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { cancel, done, dragFromPalette, openDialog, openEditor, type OwnEditor, startEditor } from './browser'
import { contrastOf } from './contrast'

/** For each type a field, what is wrong for it, what is right, and what else a new node needs. */
const nodes: { type: string; field: string; wrong: string; right: string; needs?: [string, string] }[] = [
  { type: 'stream-map', field: 'target', wrong: 'a..b', right: 'payload.f', needs: ['expression', 'payload * 2'] },
  { type: 'stream-filter', field: 'condition', wrong: 'payload >', right: 'payload > 1' },
  { type: 'stream-count-window', field: 'size', wrong: 'ten', right: '12' },
  { type: 'stream-time-window', field: 'size', wrong: '5 minutes', right: '90s' },
  { type: 'stream-join', field: 'left', wrong: '', right: 'plant/+/temperature' },
  { type: 'stream-stats', field: 'value', wrong: 'payload.', right: 'payload.v' },
  { type: 'stream-anomaly', field: 'threshold', wrong: '3', right: '0.999' }
]
const placeOf = (i: number): [number, number] => [500, 140 + 80 * i]

interface SavedNode {
  type: string
  [field: string]: unknown
}

/** Types into the field as a hand would: into the visible box where the field is a typed one. */
async function type(page: Page, field: string, text: string): Promise<void> {
  const typed = page.locator(`[data-field="${field}"] .red-ui-typedInput-input`)
  const plain = page.locator(`#node-input-${field}`)
  await ((await typed.count()) > 0 ? typed : plain).fill(text)
}

const problemOf = (page: Page, field: string): Promise<string> =>
  page.locator(`[data-field="${field}"] .stream-problem`).innerText()

/** What is said of the visible box of a field that is wrong. */
async function wordsOn(page: Page, field: string): Promise<string> {
  const box = page.locator(`[data-field="${field}"] input:visible[aria-invalid=true]`)
  const ids = (await box.getAttribute('aria-describedby')) ?? ''
  return (await Promise.all(ids.split(' ').map(id => page.locator(`#${id}`).innerText()))).join('')
}

/** The ground and the text of a dark theme that leaves all else as it is in the light one. */
const darkTheme = ':root { --red-ui-form-input-background: #121212; --red-ui-primary-text-color: #ccc; }'

/** Waits until the node at this place is drawn with, or without, the mark of one that is not configured rightly. */
const waitForMark = (page: Page, i: number, state: 'visible' | 'hidden'): Promise<void> =>
  page.locator('.red-ui-flow-node-group .red-ui-flow-node-error').nth(i).waitFor({ state })

/** Visible inputs of the dialog that nothing names. */
const nameless = (page: Page): Promise<string[]> =>
  page.$$eval(
    '.stream-form input:not([type=hidden]), .stream-form select, .stream-form textarea, .stream-form button',
    inputs =>
      inputs
        .filter(input => (input as HTMLElement).offsetParent !== null)
        .filter(input => !((input as HTMLInputElement).labels?.length ?? 0) && !input.getAttribute('aria-label'))
        .filter(input => !input.textContent?.trim() && !input.getAttribute('title'))
        .map(input => input.outerHTML)
  )

describe('the dialogs in the editor of Node-RED 5', function () {
  this.timeout(90_000)
  let editor: OwnEditor
  let page: Page
  before(async function () {
    const started = await startEditor()
    if (started === undefined) return this.skip()
    editor = started
    page = editor.page
  })
  afterEach(async function () {
    // what failed with its dialog open must not fail the others
    if (this.currentTest?.isFailed()) await page.evaluate('$(".red-ui-tray-toolbar [id$=-cancel]").trigger("click")')
  })
  after(() => editor?.close())

  for (const [i, { type: nodeType, field, wrong, right, needs }] of nodes.entries()) {
    it(`${nodeType}: dragged from the palette, tells a wrong ${field} at once, and all its inputs have names`, async () => {
      await dragFromPalette(page, nodeType, ...placeOf(i))
      await openDialog(page, nodeType)
      if (needs) await type(page, ...needs)
      await type(page, field, right)
      assert.equal(await problemOf(page, field), '')
      await type(page, field, wrong)
      assert.match(await problemOf(page, field), /\w{3}/)
      assert.match(await wordsOn(page, field), /\w{3}/)
      await page.click('.stream-more summary')
      assert.deepEqual(await nameless(page), [])
      await type(page, field, right)
      assert.equal(await problemOf(page, field), '')
      await done(page)
      await waitForMark(page, i, 'hidden')
    })
  }
  it('closed with a mistake in it, a node is marked in the flow until it is right', async () => {
    for (const [size, mark] of [
      ['soon', 'visible'],
      ['90s', 'hidden']
    ] as const) {
      await openDialog(page, 'stream-time-window')
      await type(page, 'size', size)
      await done(page)
      await waitForMark(page, 3, mark)
    }
  })
  it('the picture and the preview of a time window follow what is typed', async () => {
    await openDialog(page, 'stream-time-window')
    const drawing = await page.locator('.stream-picture svg').innerHTML()
    await page.selectOption('#node-input-windowType', 'hopping')
    await type(page, 'slide', '30s')
    await page.selectOption('.stream-fn', 'percentile')
    await page.fill('.stream-arg', '95')
    await page.fill('.stream-as', 'high')
    assert.notEqual(await page.locator('.stream-picture svg').innerHTML(), drawing)
    assert.match(await page.locator('.stream-preview').innerText(), /"high": 2\d/)
    await done(page)
  })
  it('where a field is wrong, the picture is but an example, and says so', async () => {
    const drawing = page.locator('.stream-picture > div')
    const isFaint = (): Promise<boolean> => drawing.evaluate(element => getComputedStyle(element).opacity < '1')
    await openDialog(page, 'stream-time-window')
    await page.getByText('Computed from sample readings').waitFor()
    assert.equal(await isFaint(), false)
    await type(page, 'slide', '7s')
    await page.getByText('a field is not right yet').waitFor()
    assert.equal(await isFaint(), true)
    await type(page, 'slide', '${SLIDE}')
    await page.getByText('known only when the flow runs').waitFor()
    assert.equal(await isFaint(), false)
    await cancel(page)
  })
  it('mistakes and pictures stand out from the ground of a light and of a dark theme', async () => {
    await openDialog(page, 'stream-time-window')
    await type(page, 'size', 'soon')
    const check = async (theme: string): Promise<void> => {
      assert.ok((await contrastOf(page, '[data-field=size] .stream-problem', 'color')) >= 4.5, theme)
      assert.ok((await contrastOf(page, '.stream-picture .stream-dot', 'fill')) >= 3, theme)
      assert.ok((await contrastOf(page, '.stream-picture .stream-window', 'stroke')) >= 3, theme)
    }
    await check('light')
    const theme = await page.addStyleTag({ content: darkTheme })
    await check('dark')
    await theme.evaluate(style => (style as HTMLElement).remove())
    await cancel(page)
  })
  it('a field is called by its label, also where it was wrong when the dialog opened', async () => {
    await openDialog(page, 'stream-time-window')
    await type(page, 'size', 'soon')
    await done(page)
    await openDialog(page, 'stream-time-window')
    const size = page.getByRole('textbox', { name: 'Length', exact: true })
    await page.waitForFunction('$("#node-input-size").hasClass("input-error")')
    await size.fill('90s')
    await done(page)
  })
  it('who listens hears only what is new', async () => {
    await openDialog(page, 'stream-time-window')
    await page.evaluate(() => {
      const told: (string | null)[] = []
      Object.assign(window, { told })
      const observer = new MutationObserver(changes => {
        for (const { target, addedNodes } of changes) if (addedNodes.length > 0) told.push(target.textContent)
      })
      document
        .querySelectorAll('.stream-form [role=status], .stream-form [aria-live]')
        .forEach(region => observer.observe(region, { childList: true }))
    })
    await type(page, 'size', '80m')
    const told = await page.evaluate<string[]>('told')
    assert.equal(told.length, 1, told.join('; '))
    assert.match(told[0] ?? '', /80m/)
    await cancel(page)
  })
  it('the unit of a number belongs to what is told of it', async () => {
    await openDialog(page, 'stream-count-window')
    const [unit] = ((await page.getAttribute('#node-input-size', 'aria-describedby')) ?? '').split(' ')
    assert.equal(await page.locator(`#${unit ?? ''}`).innerText(), 'records')
    await cancel(page)
  })
  it('what a flow written by hand does not say is that of a new node', async () => {
    await page.evaluate('delete RED.nodes.filterNodes({ type: "stream-anomaly" })[0].learn')
    await openDialog(page, 'stream-anomaly')
    assert.equal(await page.isChecked('#node-input-learn'), true)
    await done(page)
  })
  it('a sliding window is not asked how long it waits for late records', async () => {
    await openDialog(page, 'stream-time-window')
    await page.click('.stream-more summary')
    assert.equal(await page.isVisible('#node-input-lateness'), true)
    await page.selectOption('#node-input-windowType', 'sliding')
    assert.equal(await page.isVisible('#node-input-lateness'), false)
    await cancel(page)
  })
  it('a length without a unit is said to be in ms', async () => {
    await openDialog(page, 'stream-time-window')
    await page.selectOption('#node-input-windowType', 'tumbling')
    const hint = page.locator('[data-field=size] .stream-hint')
    assert.equal(await hint.innerText(), '')
    await type(page, 'size', '300')
    assert.match(await hint.innerText(), /300 ms; seconds are 300s/)
    assert.match(await page.locator('.stream-picture figcaption').innerText(), /each 300 ms long/)
    await cancel(page)
  })
  it('what only the user can fill in is marked as required, with an example', async () => {
    await openDialog(page, 'stream-join')
    const left = page.locator('#node-input-left')
    assert.equal(await left.getAttribute('aria-required'), 'true')
    assert.equal(await left.getAttribute('placeholder'), 'such as plant/+/temperature')
    assert.equal(await page.locator('[data-field=right] input').getAttribute('aria-required'), 'false')
    await cancel(page)
  })
  it('an expression is tried on a sample message, with or without msg', async () => {
    await openDialog(page, 'stream-map')
    for (const expression of ['payload.temperature * 2', 'msg.payload.temperature * 2']) {
      await type(page, 'expression', expression)
      await page.getByText('msg.payload.f = 43', { exact: true }).waitFor()
    }
    await type(page, 'expression', 'payload.(')
    await page.getByText('The expression cannot be read yet.').waitFor()
    await cancel(page)
  })
  it('a threshold is kept by an opened dialog, and emptied for another method', async () => {
    await openDialog(page, 'stream-anomaly')
    assert.equal(await page.inputValue('#node-input-threshold'), '0.999')
    assert.match(await page.locator('[data-field=threshold] output').innerText(), /1 false alarm in 1,000/)
    await page.selectOption('#node-input-method', 'zscore')
    assert.equal(await page.inputValue('#node-input-threshold'), '')
    await cancel(page)
  })
  it('a new stream-settings node has the time zone of the editor, and without one it is UTC', async () => {
    await openDialog(page, 'stream-time-window')
    const zoneHint = page.locator('#node-input-timezone')
    assert.equal(await zoneHint.getAttribute('placeholder'), 'UTC')
    await cancel(page)
    await openDialog(page, 'stream-map')
    await page.click('.stream-more summary')
    await page.click('#node-input-btn-settings-add')
    const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone)
    assert.equal(await page.inputValue('#node-config-input-timezone'), zone)
    assert.match(await page.locator('[data-field=time]').innerText(), /all others count from when they arrive/)
    await page.click('#node-config-dialog-ok')
    await page.waitForSelector('#node-config-input-timezone', { state: 'detached' })
    await done(page)
    await openDialog(page, 'stream-time-window')
    await page.click('.stream-more summary')
    await page.locator('#node-input-settings').selectOption({ index: 0 })
    assert.equal(await zoneHint.getAttribute('placeholder'), `${zone}, that of the settings`)
    await cancel(page)
  })
  it('deployed, they hold what was typed when they are opened again', async () => {
    const answer = page.waitForResponse(
      response => response.request().method() === 'POST' && /\/flows$/.test(response.url())
    )
    await page.click('#red-ui-header-button-deploy')
    assert.ok((await answer).ok())
    const saved = JSON.parse((await editor.red.get('/flows')).text) as SavedNode[]
    const of = (type: string): SavedNode => saved.find(node => node.type === type) as SavedNode
    const results = [{ fn: 'percentile', field: 'payload', fieldType: 'msg', arg: '95', as: 'high' }]
    assert.deepEqual(of('stream-time-window').aggregates, results)
    assert.equal(of('stream-map').settings, of('stream-settings').id)
    for (const { type: nodeType, field, right } of nodes) {
      assert.equal(of(nodeType)[field], right)
      await openDialog(page, nodeType)
      assert.equal(await page.inputValue(`#node-input-${field}`), right)
      await cancel(page)
    }
  })
  it('a node without a name says in one short line what it does, also where its flow was written by hand', async () => {
    for (const [node, label] of [
      [{ type: 'stream-map', expression: '(\n  $a := payload;\n  $a * 2\n)' }, '( $a := payload; $a * 2 )'],
      [{ type: 'stream-filter', condition: 'x'.repeat(50) }, `${'x'.repeat(39)}…`],
      [{ type: 'stream-count-window' }, 'mean / 10'],
      [{ type: 'stream-time-window', aggregates: [] }, 'mean / 5m'],
      [{ type: 'stream-stats' }, 'stats'],
      [{ type: 'stream-anomaly', method: 'mad' }, 'mad']
    ] as const) {
      const said = await page.evaluate(
        `RED.nodes.getType('${node.type}').label.call(${JSON.stringify({ name: '', ...node })})`
      )
      assert.equal(said, label)
    }
  })
  it('lead to the examples', async () => {
    await openDialog(page, 'stream-map')
    await page.click('.stream-footer button')
    await page.waitForSelector('#red-ui-clipboard-dialog-import-tab-examples', { state: 'visible' })
    await page.keyboard.press('Escape')
  })
  it('the palette speaks the language of the browser, its category too', async () => {
    const chinese = await openEditor(editor.red.url, 'zh-TW')
    const texts = chinese.page.locator(
      '#red-ui-palette-container-stream_analytics .red-ui-palette-label, #red-ui-palette-header-stream_analytics'
    )
    const said = await texts.allTextContents()
    await chinese.close()
    assert.equal(said.length, 8)
    assert.deepEqual(
      said.filter(text => /[a-z]/i.test(text)),
      []
    )
  })
  it('nothing was complained about in the console', () => {
    assert.deepEqual(editor.complaints, [])
  })
})
