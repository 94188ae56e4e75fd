import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { cancel, done, dragFromPalette, openDialog, type OwnEditor, startEditor } from './browser'

describe('the list of results in a dialog', function () {
  this.timeout(90_000)
  let editor: OwnEditor
  let page: Page
  before(async function () {
    const started = await startEditor()
    if (started === undefined) return this.skip()
    editor = started
    page = editor.page
    await dragFromPalette(page, 'stream-stats', 500, 140)
    await dragFromPalette(page, 'stream-time-window', 500, 240)
  })
  afterEach(async function () {
    if (page && (await page.locator('.stream-form').count()) > 0) await cancel(page)
  })
  after(() => editor?.close())

  const add = (): Promise<void> => page.getByRole('button', { name: 'add a result' }).click()
  const preview = (): Promise<string> => page.locator('.stream-preview').innerText()
  const functionsShown = (): Promise<string[]> =>
    page.$$eval('.stream-fn', selects =>
      selects.filter(select => (select as HTMLElement).offsetParent).map(select => (select as HTMLSelectElement).value)
    )
  const problems = async (): Promise<string[]> =>
    (await page.locator('.stream-aggregates .stream-problem').allInnerTexts()).filter(text => text !== '')

  it('shows the first result that is added, and what comes of it', async () => {
    await openDialog(page, 'stream-stats')
    await add()
    assert.deepEqual(await functionsShown(), ['mean'])
    assert.equal(await page.getByText('Nothing listed').isVisible(), false)
    assert.match(await preview(), /"payload": \d/)
  })
  it('gives each new result a function of its own, so that none is wrong', async () => {
    await openDialog(page, 'stream-time-window')
    await add()
    await add()
    assert.deepEqual(await functionsShown(), ['mean', 'min', 'max'])
    assert.deepEqual(await problems(), [])
    assert.match(await preview(), /"mean": \d.*"min": \d.*"max": \d/s)
    assert.deepEqual(
      await page.$$eval('.stream-as', names => names.map(name => (name as HTMLInputElement).placeholder)),
      ['mean', 'min', 'max']
    )
    assert.equal(await page.locator('.stream-arg:visible').count(), 0)
  })
  it('takes what the last result is of for a new one', async () => {
    await openDialog(page, 'stream-time-window')
    await page.locator('.stream-aggregate .red-ui-typedInput-input').fill('payload.t')
    await add()
    assert.equal(await page.locator('.stream-aggregate .red-ui-typedInput-input').nth(1).inputValue(), 'payload.t')
  })
  it('tells two results of one name at once, beside the field that is wrong', async () => {
    await openDialog(page, 'stream-time-window')
    await add()
    await page.locator('.stream-fn').nth(1).selectOption('mean')
    assert.equal((await problems()).length, 2)
    const name = page.locator('.stream-as').nth(1)
    assert.equal(await name.getAttribute('aria-invalid'), 'true')
    const words = page.locator(`[id="${await name.getAttribute('aria-describedby')}"]`)
    assert.match(await words.innerText(), /Two results are named mean_payload/)
  })
  it('names the link that removes a result, and shows what comes out without it', async () => {
    await openDialog(page, 'stream-time-window')
    await add()
    await page.getByRole('link', { name: 'remove mean' }).click()
    await page.waitForFunction('$(".stream-fn").length === 1')
    assert.deepEqual(await functionsShown(), ['min'])
    assert.match(await preview(), /"payload": \d/)
  })
  it('is worked by the keyboard alone, and keeps the focus', async () => {
    const press = (key: string): Promise<void> => page.keyboard.press(key)
    const focused = (): Promise<string | null> =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? null
      )
    await openDialog(page, 'stream-stats')
    // Node-RED gives the focus to the dialog's first tab when it has slid in
    await page.waitForFunction(() => document.activeElement?.closest('.red-ui-tray'))
    for (let i = 0; i < 3; i++) {
      await page.getByRole('button', { name: 'add a result' }).focus()
      await press('Enter')
      assert.equal(await focused(), 'Function')
    }
    await page.getByRole('button', { name: 'move max with the arrow keys, place 3 of 3' }).focus()
    await press('ArrowUp')
    assert.deepEqual(await functionsShown(), ['mean', 'max', 'min'])
    assert.equal(await focused(), 'move max with the arrow keys, place 2 of 3')
    await press('ArrowDown')
    await press('ArrowDown')
    assert.deepEqual(await functionsShown(), ['mean', 'min', 'max'])
    await press('Tab')
    for (const [left, next] of [
      [2, 'remove min'],
      [1, 'remove mean'],
      [0, ' add a result']
    ]) {
      await press('Enter')
      assert.equal(await focused(), next)
      await page.waitForFunction(`$(".stream-fn").length === ${left}`)
      assert.equal(await focused(), next)
    }
  })
  it('saves the results that are seen', async () => {
    await openDialog(page, 'stream-stats')
    await add()
    await add()
    const shown = await functionsShown()
    await done(page)
    const saved = await page.evaluate(
      'RED.nodes.filterNodes({ type: "stream-stats" })[0].aggregates.map(row => row.fn)'
    )
    assert.deepEqual(saved, shown)
  })
})
