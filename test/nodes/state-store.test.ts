import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Node, NodeAPI } from 'node-red'
import { inPieces } from '#engine/nodes/shared/pieces'
import { type StateStore, stateStore } from '#engine/nodes/shared/state-store'
import { label, open } from '#engine/state/envelope'

type Callback = (error: Error | null, value?: unknown) => void

/** The contexts of nodes, which the store may lose: what was not yet written to the disk. */
class Contexts {
  values = new Map<string, unknown>()
  /** What it fails with, if it does. */
  failure: Error | null = null
  of(node: string): unknown {
    return {
      get: (key: string, _store: string, take: Callback) => take(this.failure, this.values.get(`${node} ${key}`)),
      set: (key: string, value: unknown, _store: string, take: Callback) => {
        if (this.failure) return take(this.failure)
        if (value === undefined) this.values.delete(`${node} ${key}`)
        else this.values.set(`${node} ${key}`, value)
        take(null)
      }
    }
  }
}

const long = 'x'.repeat(1_100_000)
let clock = 1_000_000

async function save(
  store: StateStore,
  state: unknown,
  { isUrgent = false, signal = new AbortController().signal } = {}
) {
  const text = (function* () {
    const json = JSON.stringify(state)
    for (let i = 0; i < json.length; i += 1000) yield json.slice(i, i + 1000)
  })()
  await store.save(label('me', clock++, true), inPieces(text, signal), { isUrgent, signal })
}

async function load(store: StateStore): Promise<unknown> {
  const stored = await store.load()
  if (stored === undefined) return undefined
  const opened = await open(stored, 'me')
  return 'state' in opened ? opened.state : opened
}

describe('the store of state', () => {
  let userDir: string
  let contexts: Contexts
  let ids = 0
  let id = ''
  const folder = (): string => join(userDir, 'stream-analytics')
  const file = (): string => join(folder(), `${id}.json`)
  const storeOf = (node = id, tab = 'tab'): StateStore => {
    const RED = { settings: { userDir, contextStorage: { disk: { module: 'localfilesystem' } } } } as unknown as NodeAPI
    return stateStore(RED, { id: node, context: () => contexts.of(`${node}:${tab}`) } as unknown as Node, 'disk')
  }
  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'stream-analytics-'))
    contexts = new Contexts()
    id = `node${ids++}`
  })
  afterEach(() => rmSync(userDir, { recursive: true, force: true }))

  it('keeps a short state in the context, and a long one in a file of its own', async () => {
    await save(storeOf(), 'short')
    assert.deepEqual(readdirSync(userDir), [])
    assert.equal(await load(storeOf()), 'short')
    await save(storeOf(), long)
    assert.deepEqual(readdirSync(folder()), [`${id}.json`])
    assert.equal(await load(storeOf()), long)
    await save(storeOf(), 'short again')
    assert.equal(await load(storeOf()), 'short again')
  })
  it('lets nobody else read the files, and makes none outside of its folder', async () => {
    id = '../../etc/passwd'
    await save(storeOf(), long)
    assert.deepEqual(readdirSync(userDir), ['stream-analytics'])
    const [name] = readdirSync(folder())
    assert.equal(statSync(join(folder(), name)).mode & 0o777, 0o600)
    assert.equal(statSync(folder()).mode & 0o777, 0o700)
    assert.equal(await load(storeOf()), long)
  })
  it('takes the newer of context and file, whichever the crash left behind', async () => {
    await save(storeOf(), 'old')
    const onDisk = new Map(contexts.values)
    await save(storeOf(), long)
    contexts.values = onDisk
    assert.equal(await load(storeOf()), long)
    await save(storeOf(), 'new')
    assert.equal(await load(storeOf()), 'new')
  })
  it('does not bring back what a reset has forgotten, though the context is written later', async () => {
    await save(storeOf(), 'old')
    const onDisk = new Map(contexts.values)
    await save(storeOf(), 'nothing', { isUrgent: true })
    contexts.values = onDisk
    assert.equal(await load(storeOf()), 'nothing')
  })
  it('finds the state of a node that was moved to another tab', async () => {
    await save(storeOf(), 'state')
    assert.equal(await load(storeOf(id, 'other tab')), 'state')
  })
  it('finds the state although Node-RED has emptied the context of the node', async () => {
    await save(storeOf(), 'state')
    contexts.values.clear()
    assert.equal(await load(storeOf()), 'state')
  })
  it('finds the state after a deploy although the context can be neither written nor read', async () => {
    await save(storeOf(), 'old')
    contexts.failure = new Error('EIO')
    await assert.rejects(save(storeOf(), 'new'), /EIO/)
    assert.equal(await load(storeOf()), 'new')
  })
  it('of another node is another one', async () => {
    await save(storeOf(), long)
    assert.equal(await load(storeOf(`${id} copy`)), undefined)
  })
  it('leaves nothing of a node that is removed', async () => {
    await save(storeOf(), long)
    await save(storeOf(), 'short')
    await storeOf().remove()
    assert.deepEqual([readdirSync(folder()), contexts.values.size, await load(storeOf())], [[], 0, undefined])
  })
  it('keeps what cannot be used aside, under another name', async () => {
    await save(storeOf(), long)
    await storeOf().putAside()
    assert.deepEqual(readdirSync(folder()), [`${id}.json.unused`])
    assert.equal(await load(storeOf()), undefined)
  })
  for (const [what, damage] of [
    ['truncated', (text: string) => text.slice(0, -100)],
    ['changed', (text: string) => text.replace('xxx', 'xyx')],
    ['of something else', () => 'nothing of ours'],
    ['empty', () => '']
  ] as const) {
    it(`refuses a file that is ${what}`, async () => {
      await save(storeOf(), long)
      writeFileSync(file(), damage(readFileSync(file(), 'utf8')))
      assert.deepEqual(await load(storeOf()), { refusal: 'corrupt' })
    })
  }
  it('refuses a note in the context whose file is gone', async () => {
    await save(storeOf(), long)
    rmSync(file())
    assert.deepEqual(await load(storeOf()), { refusal: 'corrupt' })
  })

  describe('where writing fails', () => {
    const { open } = fs
    afterEach(() => (fs.open = open))

    /** The disk goes wrong: after so many writes the next ones fail, the last one perhaps half done. */
    function failAt(write: number, code: string, isHalf = false): void {
      fs.open = async (...args) => {
        const handle = await open(...args)
        const { writeFile, sync } = handle
        let writes = 0
        const fail = (): Promise<never> => Promise.reject(Object.assign(new Error(`${code}: injected`), { code }))
        handle.writeFile = async data => {
          if (writes++ < write) return writeFile.call(handle, data)
          if (isHalf) await writeFile.call(handle, String(data).slice(0, 100))
          return fail()
        }
        handle.sync = () => (writes <= write && write < Infinity ? fail() : sync.call(handle))
        return handle
      }
    }

    const failures: [title: string, write: number, code: string, isHalf?: boolean][] = [
      ['the disk is full from the beginning', 0, 'ENOSPC'],
      ['the disk is full in the middle', 5, 'ENOSPC'],
      ['half a piece is written', 3, 'ENOSPC', true],
      ['the disk is broken', 1, 'EIO'],
      ['only the last step, to the disk, fails', 1000, 'EIO']
    ]
    for (const [title, write, code, isHalf] of failures) {
      it(`keeps what was there, leaves no half of a file, and works again: ${title}`, async () => {
        await save(storeOf(), `${long}1`)
        failAt(write, code, isHalf)
        await assert.rejects(save(storeOf(), `${long}2`), { code })
        assert.deepEqual(readdirSync(folder()), [`${id}.json`])
        assert.equal(await load(storeOf()), `${long}1`)
        fs.open = open
        await save(storeOf(), `${long}3`)
        assert.equal(await load(storeOf()), `${long}3`)
      })
    }
    it('goes over the half of a file that a crash has left', async () => {
      await save(storeOf(), `${long}1`)
      writeFileSync(`${file()}.new`, 'half')
      assert.equal(await load(storeOf()), `${long}1`)
      await save(storeOf(), `${long}2`)
      assert.deepEqual([readdirSync(folder()), await load(storeOf())], [[`${id}.json`], `${long}2`])
    })
    it('does not put in place what was given up', async () => {
      await save(storeOf(), `${long}1`)
      const turn = new AbortController()
      fs.open = (...args) => (turn.abort(), open(...args))
      await assert.rejects(save(storeOf(), `${long}2`, { signal: turn.signal }), { name: 'AbortError' })
      assert.equal(await load(storeOf()), `${long}1`)
    })
  })
})
