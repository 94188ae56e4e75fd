import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { NodeRed } from '../package/node-red-process'
import { platforms } from '../package/platforms'

/** A page of the editor, and what its console complained about. */
export interface Editor {
  page: Page
  complaints: string[]
  close(): Promise<void>
}

async function launch(): Promise<Browser> {
  const { default: packed } = await import('@sparticuz/chromium')
  return chromium.launch({ executablePath: await packed.executablePath(), args: packed.args, headless: true })
}

/** Opens the editor at `url` and waits until its flows are drawn. */
export async function openEditor(url: string, language = 'en-US'): Promise<Editor> {
  const browser = await launch()
  const page = await browser.newPage({ viewport: { width: 1300, height: 1000 }, locale: language })
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error.stack)))
  // the editor's own tips fail now and then on a slow machine, and say so in the console
  const quiet = { editor: { view: { 'view-show-tips': false } } }
  await page.route('**/settings/user', route =>
    route.request().method() === 'GET' ? route.fulfill({ json: quiet }) : route.continue()
  )
  await page.route(/^https:/, route => route.fulfill({ json: { modules: [] } }))
  await page.goto(url)
  await page.waitForSelector('.red-ui-palette-node[data-palette-type="stream-map"]', { state: 'attached' })
  await page.waitForSelector('#red-ui-loading-progress', { state: 'hidden' })
  // a style sheet is in this list once it is there
  await page.waitForFunction('[...document.styleSheets].some(({ href }) => href && href.endsWith("/editor.css"))')
  return { page, complaints, close: () => browser.close() }
}

/** An editor, and the Node-RED that it is of, which ends with it. */
export interface OwnEditor extends Editor {
  red: NodeRed
}

/** Starts Node-RED 5 with an empty tab and opens its editor; `undefined` where that cannot be done. */
export async function startEditor(): Promise<OwnEditor | undefined> {
  const [{ runtime, node }] = platforms
  if (node === undefined || process.platform !== 'linux') return undefined // the browser is one for Linux
  const red = await NodeRed.start({ runtime, node: node.file }, [{ id: 't', type: 'tab', label: 'test' }])
  try {
    const editor = await openEditor(red.url)
    const close = async (): Promise<void> => {
      await editor.close()
      await red.stop()
    }
    return { ...editor, red, close }
  } catch (error) {
    await red.stop()
    throw error
  }
}

/** Drags a node of `type` from the palette to a place of the workspace, as a hand would. */
export async function dragFromPalette(page: Page, type: string, x: number, y: number): Promise<void> {
  const entry = page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`)
  await entry.scrollIntoViewIfNeeded()
  await entry.hover()
  await page.mouse.down()
  await page.mouse.move(x, y, { steps: 6 })
  await page.mouse.up()
  await page.waitForFunction(`RED.nodes.filterNodes({ type: '${type}' }).length === 1`)
}

/** Opens the dialog of the node of this type, as a double click does. */
export async function openDialog(page: Page, type: string): Promise<void> {
  await page.evaluate(`RED.editor.edit(RED.nodes.filterNodes({ type: '${type}' })[0])`)
  await page.waitForSelector('.stream-form .stream-footer')
}

async function leave(page: Page, button: string): Promise<void> {
  await page.click(button)
  await page.waitForSelector('.stream-form', { state: 'detached' })
}

/** Closes the dialog by its Done button. */
export const done = (page: Page): Promise<void> => leave(page, '#node-dialog-ok')

/** Closes the dialog and forgets what was typed. */
export const cancel = (page: Page): Promise<void> => leave(page, '#node-dialog-cancel')
