import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync, symlinkSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { endOf, firstOf, lines, passing, scratch, start, windowing } from './command'

const a = { ts: 1000, device: 'a', v: 1 }
const b = { ts: 12_000, device: 'a', v: 2 }

describe('stream-analytics run, interrupted', () => {
  const files = scratch()

  beforeEach(() => {
    files.write('pass.json', passing)
    files.write('window.json', windowing)
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`writes what has come out by ${signal}, and no window that is open`, async () => {
      const child = start(files.path, 'run window.json --in in=- --out out=- --out p=rows.ndjson.gz')
      child.stdin.write(lines(a, b))
      assert.equal(await firstOf(child.stdout), lines({ sum: 1 }))
      child.kill(signal)
      assert.deepEqual(await endOf(child), { code: null, signal })
      assert.equal(gunzipSync(readFileSync(files.at('rows.ndjson.gz'))).toString(), lines({ sum: 1 }))
    })
  }

  it('ends within a file that could be read on, with a whole line', async () => {
    const count = 200_000
    files.write('many.ndjson', lines(a).repeat(count))
    const child = start(files.path, 'run pass.json --in in=many.ndjson --out out=- --out p=rows.ndjson')
    // the pipe fills, and the command waits
    await once(child.stdout, 'readable')
    child.kill('SIGINT')
    child.stdout.resume()
    assert.deepEqual(await endOf(child), { code: null, signal: 'SIGINT' })
    const rows = files.read('rows.ndjson')
    assert.ok(rows.length > 0 && rows.length < lines(a).length * count, `${rows.length} bytes`)
    assert.equal(rows, lines(a).repeat(rows.length / lines(a).length))
  })

  it('ends while a named pipe keeps it waiting', async function () {
    if (spawnSync('mkfifo', [files.at('pipe')]).status !== 0) this.skip()
    const child = start(files.path, 'run pass.json --in in=pipe --out out=-')
    const pipe = createWriteStream(files.at('pipe'))
    pipe.write(lines(a))
    await firstOf(child.stdout)
    child.kill('SIGINT')
    assert.deepEqual(await endOf(child), { code: null, signal: 'SIGINT' })
    pipe.destroy()
  })

  it('tells of what cannot be written then', async () => {
    symlinkSync('/dev/full', files.at('full.gz'))
    const child = start(files.path, 'run pass.json --in in=- --out out=full.gz --out p=-')
    child.stdin.write(lines(a))
    await firstOf(child.stdout)
    const told = firstOf(child.stderr)
    child.kill('SIGINT')
    assert.deepEqual(await endOf(child), { code: null, signal: 'SIGINT' })
    assert.match(await told, /full\.gz/)
  })
})
