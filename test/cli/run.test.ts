import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import {
  command,
  endOf,
  entry,
  firstOf,
  flowWith,
  lines,
  passAll,
  passing,
  type Result,
  scratch,
  start,
  windowing
} from './command'

const a = { ts: 1000, device: 'a', v: 1 }
const b = { ts: 2000, device: 'b', v: 2.5 }
const c = { ts: 30_000, device: 'a', v: null }

describe('stream-analytics run', () => {
  const files = scratch()
  beforeEach(() => {
    files.write('pass.json', passing)
    files.write('window.json', windowing)
    files.write('in.ndjson', lines(a, b, c))
  })
  const run = (args: string, input?: string | Buffer): Result => command(files.path, ['run', ...args.split(' ')], input)
  const succeeds = (args: string, input?: string | Buffer): Result => {
    const result = run(args, input)
    assert.equal(result.status, 0, result.stderr)
    return result
  }
  const fails = (status: number, pattern: RegExp, args: string, input?: string | Buffer): Result => {
    const result = run(args, input)
    assert.match(result.stderr, pattern)
    assert.equal(result.status, status)
    return result
  }

  describe('reads and writes', () => {
    it('files: a line is a payload', () => {
      succeeds('pass.json --in in=in.ndjson --out out=out.ndjson')
      assert.equal(files.read('out.ndjson'), lines(a, b, c))
    })
    it('stdin and stdout', () => {
      assert.equal(succeeds('pass.json --in in=- --out out=-', lines(a, b)).stdout, lines(a, b))
    })
    it('nodes by their id', () => {
      assert.equal(succeeds('pass.json --in i=in.ndjson --out o=-').stdout, lines(a, b, c))
    })
    it('gzip, in and out', () => {
      files.write('in.ndjson.gz', gzipSync(lines(a, b)))
      succeeds('pass.json --in in=in.ndjson.gz --out out=out.ndjson.gz')
      assert.equal(gunzipSync(readFileSync(files.at('out.ndjson.gz'))).toString(), lines(a, b))
      assert.equal(spawnSync('gzip', ['-t', files.at('out.ndjson.gz')]).status, 0)
    })
    it('gzip of nothing', () => {
      files.write('empty.ndjson.gz', gzipSync(''))
      succeeds('pass.json --in in=empty.ndjson.gz --out out=out.ndjson.gz')
      assert.equal(gunzipSync(readFileSync(files.at('out.ndjson.gz'))).toString(), '')
    })
    it('an empty file', () => {
      files.write('empty.ndjson', '')
      assert.equal(succeeds('pass.json --in in=empty.ndjson --out out=-').stdout, '')
    })
    it('several inputs, one after the other, and several outputs', () => {
      files.write('second.ndjson', lines(b))
      succeeds('pass.json --in in=in.ndjson --in j=second.ndjson --out out=- --out p=p.ndjson')
      assert.equal(files.read('p.ndjson'), lines(a, b, c, b))
    })
    it('two nodes into one file, and one node into two files', () => {
      files.write('split.json', flowWith({ type: 'stream-filter', condition: 'payload.v > 2', conditionType: 'js' }))
      const outs = '--out o=all.ndjson --out rest=./all.ndjson --out o=some.ndjson --out o=./some.ndjson'
      succeeds(`split.json --in in=in.ndjson ${outs}`)
      assert.equal(files.read('all.ndjson'), lines(a, b, c))
      assert.equal(files.read('some.ndjson'), lines(b))
    })
    it('what windows hold at the end', () => {
      assert.equal(
        succeeds('window.json --in in=in.ndjson --out out=-').stdout,
        lines({ sum: 1 }, { sum: 2.5 }, { sum: null })
      )
    })
    it('whole messages with --messages', () => {
      const message = { topic: 'plant/a', payload: a, qos: 1 }
      const { stdout } = succeeds('pass.json --messages --in in=- --out out=-', lines(message))
      assert.deepEqual(JSON.parse(stdout), {
        ...message,
        stream: { v: 1, source: 'n', time: 1000, key: 'plant/a', watermark: 1000 }
      })
    })
    it('flat rows with --rows', () => {
      assert.equal(
        succeeds('window.json --rows --in in=in.ndjson --out out=-').stdout,
        lines(
          { key: 'a', start: 0, end: 10_000, sum: 1 },
          { key: 'b', start: 0, end: 10_000, sum: 2.5 },
          { key: 'a', start: 30_000, end: 40_000, sum: null }
        )
      )
    })
    it('the rows of a batch one by one with --rows', () => {
      const filter = { type: 'stream-filter', condition: 'payload.v > 0', conditionType: 'js', batch: true }
      files.write('arrivals.json', flowWith(filter, { timeType: 'arrival' }))
      assert.equal(succeeds('arrivals.json --rows --in in=- --out out=-', lines([a, b, c])).stdout, lines(a, b))
    })
    it('JSONata expressions, waiting for them in order', () => {
      files.write(
        'jsonata.json',
        flowWith({ type: 'stream-map', expression: 'payload.v * 2', expressionType: 'jsonata' })
      )
      assert.equal(succeeds('jsonata.json --in in=- --out out=-', lines(a, b, a)).stdout, lines(2, 5, 2))
    })
    it('bare values, and lines with a byte order mark, CRLF, blanks or no end', () => {
      const text = '\ufeff1\r\n\r\n  \n"x"\r\n{"ts": 5,\t"ok": true}\r\n{"ts": 6,\t"ok": false}'
      files.write('arrivals.json', flowWith(passAll, { timeType: 'arrival' }))
      assert.equal(
        succeeds('arrivals.json --in in=- --out out=-', text).stdout,
        lines(1, 'x', { ts: 5, ok: true }, { ts: 6, ok: false })
      )
    })
    it('text of any language', () => {
      const row = { ts: 1, text: '溫度 °C 🌡', 'schlüssel "x"': '\u0000' }
      assert.equal(succeeds('pass.json --in in=- --out out=-', lines(row, row)).stdout, lines(row, row))
    })
    it('a line of 20 MB', () => {
      const row = { ts: 1, text: 'x'.repeat(20_000_000) }
      assert.ok(succeeds('pass.json --in in=- --out out=-', lines(a, row, b)).stdout === lines(a, row, b))
    })
  })

  describe('merges by time', () => {
    const rows = (...times: number[]): string => lines(...times.map(ts => ({ ts })))
    beforeEach(() => {
      files.write('a.ndjson', rows(1, 4, 9))
      files.write('b.ndjson', rows(2, 4, 5, 20))
      files.write('text.csv', 'ts,from\n1970-01-01T00:00:00.003Z,csv\n')
    })
    const times = ({ stdout }: Result): unknown[] =>
      stdout
        .trim()
        .split('\n')
        .map(line => (JSON.parse(line) as { ts: unknown }).ts)
    it('with --merge-by', () => {
      assert.deepEqual(
        times(succeeds('pass.json --merge-by payload.ts --in i=a.ndjson --in j=b.ndjson --in i=text.csv --out o=-')),
        [1, 2, '1970-01-01T00:00:00.003Z', 4, 4, 5, 9, 20]
      )
    })
    it('which windows need: without it the second file comes late', () => {
      files.write('w.json', flowWith({ type: 'stream-time-window', size: '6ms', aggregates: [{ fn: 'count' }] }))
      assert.equal(
        succeeds('w.json --merge-by payload.ts --in i=a.ndjson --in j=b.ndjson --out o=-').stdout,
        '5\n1\n1\n'
      )
      assert.equal(succeeds('w.json --in i=a.ndjson --in j=b.ndjson --out o=-').stdout, '2\n1\n1\n')
    })
    it('keeping the order of each input', () => {
      files.write('a.ndjson', rows(10, 1, 11))
      assert.deepEqual(
        times(succeeds('pass.json --merge-by payload.ts --in i=a.ndjson --in j=b.ndjson --out o=-')),
        [2, 4, 5, 10, 1, 11, 20]
      )
    })
    it('and tells a record without a time, with file and line', () => {
      files.write('a.ndjson', rows(1) + lines({}))
      fails(
        1,
        /a\.ndjson:2: payload\.ts must be a time .*undefined.*--merge-by/,
        'pass.json --merge-by payload.ts --in i=a.ndjson --in j=b.ndjson --out o=-'
      )
      fails(2, /--merge-by must be a property path/, 'pass.json --merge-by payload..ts --in i=a.ndjson --out o=-')
    })
  })

  describe('csv', () => {
    const text = 'ts,device,v,zip,note\n1000,a,1.5,00501,\n2000,b,-2e-3,7,"x, ""y""\nz"\n'
    const payloads = [
      { ts: 1000, device: 'a', v: 1.5, zip: '00501', note: null },
      { ts: 2000, device: 'b', v: -0.002, zip: 7, note: 'x, "y"\nz' }
    ]
    it('is read: numbers are numbers, leading zeros stay, nothing is null', () => {
      files.write('in.csv', `\ufeff${text.replaceAll('\n', '\r\n').replace('y""\r\nz', 'y""\nz')}`)
      assert.equal(succeeds('pass.json --in in=in.csv --out out=-').stdout, lines(...payloads))
    })
    it('is written', () => {
      files.write('in.ndjson', lines(...payloads))
      succeeds('pass.json --in in=in.ndjson --out out=out.csv')
      assert.equal(files.read('out.csv'), text.replace('-2e-3', '-0.002'))
    })
    it('comes back as it was, through gzip', () => {
      files.write('in.csv.gz', gzipSync(text))
      succeeds('pass.json --in in=in.csv.gz --out out=again.csv.gz')
      assert.equal(succeeds('pass.json --in in=again.csv.gz --out out=-').stdout, lines(...payloads))
      succeeds('pass.json --in in=in.csv.gz --out out=AGAIN.CSV.GZ')
      assert.equal(succeeds('pass.json --in in=AGAIN.CSV.GZ --out out=-').stdout, lines(...payloads))
      assert.deepEqual([...readFileSync(files.at('AGAIN.CSV.GZ')).subarray(0, 2)], [0x1f, 0x8b])
    })
    it('of bare values and nested ones', () => {
      files.write('map.json', flowWith({ type: 'stream-map', expression: 'payload.v', expressionType: 'js' }))
      succeeds('map.json --in in=- --out out=out.csv', lines(a, { ts: 5, v: { x: 1 } }))
      assert.equal(files.read('out.csv').split('\n')[0], 'value')
    })
    it('says which fields the first row does not have', () => {
      const { stderr } = succeeds('pass.json --in in=- --out out=out.csv', lines(a, { ...b, unit: 'K' }))
      assert.match(stderr, /out\.csv: not written, as the first row does not have them: unit/)
      assert.equal(files.read('out.csv'), 'ts,device,v\n1000,a,1\n2000,b,2.5\n')
    })
    it('keeps as text what would not come back: numbers beyond 2^53, 12e5, +1, 1_000', () => {
      files.write(
        'in.csv',
        'ts,a,b,c,d,e\n1,9007199254740993,12e5,+1,1_000,0x10\n2,9007199254740991,1.2e5,-0.50,1e-7,0\n'
      )
      assert.equal(
        succeeds('pass.json --in in=in.csv --out out=-').stdout,
        lines(
          { ts: 1, a: '9007199254740993', b: '12e5', c: '+1', d: '1_000', e: '0x10' },
          { ts: 2, a: 9007199254740991, b: 120_000, c: -0.5, d: 1e-7, e: 0 }
        )
      )
    })
    it('with lines that end in different ways', () => {
      files.write('in.csv', 'ts,v\r\n1,1\n2,2\r\n\r\n3,3\r4,4')
      assert.equal(
        succeeds('pass.json --in in=in.csv --out out=-').stdout,
        lines(...[1, 2, 3, 4].map(n => ({ ts: n, v: n })))
      )
    })
    it('with a bad row, with file and line', () => {
      files.write('in.csv', 'ts,v\n1,1\n2\n3,3\n')
      const { stdout } = fails(1, /in\.csv:3: .*expect 2, got 1/, 'pass.json --in in=in.csv --out out=-')
      assert.equal(stdout, lines({ ts: 1, v: 1 }))
      assert.equal(
        succeeds('pass.json --skip-bad --in in=in.csv --out out=-').stdout,
        lines({ ts: 1, v: 1 }, { ts: 3, v: 3 })
      )
    })
    it('whose columns have no names that can be read, with --skip-bad too', () => {
      for (const [text, problem] of [
        [Buffer.from('ts,°C\n1,1\n', 'latin1'), /in\.csv:1: not UTF-8/],
        ['ts,"a"b\n1,1\n', /in\.csv:1: Invalid Closing Quote/],
        ['ts;v\n1;1\n', /in\.csv:1: columns must be separated by commas, got "ts;v"/],
        ['ts\tv\n1\t1\n', /in\.csv:1: columns must be separated by commas, got "ts\\tv"/]
      ] as const) {
        files.write('in.csv', text)
        const { stdout } = fails(1, problem, 'pass.json --skip-bad --in in=in.csv --out out=-')
        assert.equal(stdout, '')
      }
    })
    it('with a column twice, or in another encoding', () => {
      files.write('in.csv', 'ts,v,ts\n1,1,1\n')
      fails(1, /in\.csv:1: two columns have the name "ts"/, 'pass.json --in in=in.csv --out out=-')
      files.write('in.csv', Buffer.from('ts,v\n1,°C\n', 'latin1'))
      fails(1, /in\.csv:2: not UTF-8/, 'pass.json --in in=in.csv --out out=-')
    })
    it('of two thousand rows', () => {
      const rows = Array.from({ length: 2000 }, (_, i) => ({ ts: i, text: 'x'.repeat(300) }))
      succeeds('pass.json --in in=- --out out=big.csv', lines(...rows))
      assert.ok(succeeds('pass.json --in in=big.csv --out out=-').stdout === lines(...rows))
    })
  })

  describe('exits with 1 and names', () => {
    it('a file that is not there', () => {
      fails(1, /^gone\.ndjson: no such file$/m, 'pass.json --in in=gone.ndjson --out out=-')
      fails(1, /^gone\.json: no such file$/m, 'gone.json --in in=in.ndjson --out out=-')
      fails(1, /^\.: is a directory$/m, 'pass.json --in in=. --out out=-')
    })
    it('a directory that is not there, before anything is read', () => {
      fails(
        1,
        /^no\/out\.ndjson: the directory no does not exist$/m,
        'pass.json --in in=in.ndjson --out out=no/out.ndjson'
      )
    })
    it('a bad line, with its number', () => {
      const { stdout } = fails(
        1,
        /^stdin:3: .*JSON/m,
        'pass.json --in in=- --out out=-',
        `${lines(a)}\n{"ts":5,}\n${lines(b)}`
      )
      assert.equal(stdout, lines(a))
    })
    it('a bad line on a line of its own, whatever ends it', () => {
      const { stderr } = run('pass.json --skip-bad --in in=- --out out=-', 'high\r\n{"ts":1\n{"ts":1}}\n{}\r{}\n')
      assert.match(
        stderr,
        /^stdin:1: [^\n]*"high "[^\n]*\nstdin:2: [^\n]* at position 7\nstdin:3: [^\n]* at position 8\nstdin:4: [^\n]* at position 3\nbad lines left out: 4\n$/
      )
    })
    it('a line that is no UTF-8', () => {
      const latin1 = Buffer.from('{"ts":1,"unit":"\u00b0C"}\n', 'latin1')
      fails(
        1,
        /^stdin:2: not UTF-8$/m,
        'pass.json --in in=- --out out=-',
        Buffer.concat([Buffer.from(lines(a)), latin1])
      )
    })
    it('a line that is no message', () => {
      fails(1, /^stdin:1: a message must be an object/m, 'pass.json --messages --in in=- --out out=-', '[1]\n')
    })
    it('a gzip file that ends too early, or is none', () => {
      const zipped = gzipSync(lines(...Array<unknown>(1000).fill(a)))
      files.write('cut.ndjson.gz', zipped.subarray(0, zipped.length / 2))
      fails(1, /^cut\.ndjson\.gz: the gzip data end too early$/m, 'pass.json --in in=cut.ndjson.gz --out out=-')
      files.write('plain.ndjson.gz', lines(a))
      fails(1, /^plain\.ndjson\.gz: no gzip data, or damaged$/m, 'pass.json --in in=plain.ndjson.gz --out out=-')
    })
    it('an output that is also read, whatever it is called', () => {
      for (const name of ['in.ndjson', './in.ndjson', `${files.path}/in.ndjson`, 'pass.json']) {
        fails(1, /is read by this run, so it cannot be written/, `pass.json --in in=in.ndjson --out out=${name}`)
      }
      assert.equal(files.read('in.ndjson'), lines(a, b, c))
    })
    it('a disk that is full; what goes elsewhere is written as far as it came', function () {
      if (process.platform !== 'linux') this.skip()
      fails(1, /^\/dev\/full: no space left/m, 'pass.json --in in=in.ndjson --out out=/dev/full --out p=p.ndjson.gz')
      assert.equal(gunzipSync(readFileSync(files.at('p.ndjson.gz'))).toString(), lines(a, b, c))
    })
  })

  describe('exits with 2 and names', () => {
    it('a flow that is no flow', () => {
      files.write('bad.json', '{')
      fails(2, /bad\.json must be a JSON file/, 'bad.json --in in=in.ndjson --out out=-')
      files.write('bad.json', '{}')
      fails(2, /flow must be a list of nodes/, 'bad.json --in in=in.ndjson --out out=-')
      files.write('bad.json', '[null]')
      fails(2, /flow must be a list of nodes.* got null/, 'bad.json --in in=in.ndjson --out out=-')
    })
    it('a node that is not there', () => {
      fails(
        2,
        /^--in must be the name or id of a node of the flow, got "no"/,
        'pass.json --in no=in.ndjson --out out=-'
      )
      fails(
        2,
        /^--out must be the name or id of a node of the flow, got "no"/,
        'pass.json --in in=in.ndjson --out no=-'
      )
    })
    it('a name that two nodes have, with their ids', () => {
      files.write('two.json', passing.replace('"other out"', '"out"'))
      fails(
        2,
        /^--out must name one node \(it is the name of debug o, debug p: use the id\), got "out"/,
        'two.json --in in=in.ndjson --out out=-'
      )
    })
    it('a node that no input leads to, before anything is written', () => {
      files.write('out.csv', 'precious')
      files.write('one.json', flowWith({ ...passAll, d: true }))
      fails(
        2,
        /^--out must be reached from an input through stream nodes alone, got "out"/,
        'one.json --in in=in.ndjson --out out=out.csv'
      )
      fails(2, /^--in must be given at least once/, 'pass.json --out out=out.csv')
      assert.equal(files.read('out.csv'), 'precious')
    })
    it('a node that only Node-RED can run before a stream node', () => {
      const nodes = JSON.parse(passing) as { id: string }[]
      const before = nodes.map(node => (node.id === 'i' ? { ...node, wires: [['x']] } : node))
      files.write('json.json', JSON.stringify([...before, { id: 'x', type: 'json', wires: [['n']] }]))
      fails(
        2,
        /^flow has a json node between an input and a stream node.* got "x"/,
        'json.json --in in=in.ndjson --out out=-'
      )
    })
    it('a configuration that is wrong', () => {
      files.write('bad.json', flowWith({ type: 'stream-time-window', size: 'soon' }))
      fails(2, /the node: size must be a duration .*"soon"/, 'bad.json --in in=in.ndjson --out out=out.ndjson')
      assert.throws(() => files.read('out.ndjson'), /ENOENT/)
    })
    it('an option that is wrong or unknown', () => {
      fails(2, /--in must be name=file, got "in\.ndjson"/, 'pass.json --in in.ndjson --out out=-')
      fails(2, /unknown option '--nonsense'/, 'pass.json --nonsense')
      fails(2, /--in can read stdin once only/, 'pass.json --in in=- --in j=- --out out=-')
      assert.equal(command(files.path, ['runn']).status, 2)
      assert.equal(command(files.path, []).status, 2)
    })
  })

  it('goes on after bad lines with --skip-bad: shows ten, counts all', () => {
    const { stdout, stderr } = succeeds(
      'pass.json --skip-bad --in in=- --out out=-',
      `${lines(a)}${'{\n'.repeat(25)}${lines(b)}`
    )
    assert.equal(stdout, lines(a, b))
    assert.equal(stderr.match(/^stdin:\d+: /gm)?.length, 10)
    assert.match(stderr, /^stdin:2: /)
    assert.match(stderr, /bad lines left out: 25/)
  })
  it('tells bad records with file, line and node, and goes on: shows ten, counts all', () => {
    const bad = Array.from({ length: 25 }, () => ({ ts: 'soon' }))
    const { stdout, stderr } = succeeds('pass.json --in in=- --out out=-', lines(a, ...bad, b))
    assert.equal(stdout, lines(a, b))
    assert.match(stderr, /^stdin:2: the node: payload\.ts must be a time .*got "soon"$/m)
    assert.equal(stderr.match(/^stdin:\d+: /gm)?.length, 10)
    assert.match(stderr, /bad records in all: 25/)
  })
  it('tells once that no record has a key, where one is asked for', () => {
    files.write('mean.json', flowWith({ type: 'stream-stats', name: 'the mean', value: 'payload.v' }))
    const values = Array.from({ length: 300 }, (_, ts) => ({ ts, v: 1 }))
    assert.equal(
      succeeds('mean.json --in in=- --out out=-', lines(...values)).stderr,
      'the mean: 100 records came and none had a key (a row of csv has no topic): all are taken as one stream\n'
    )
  })
  it('tells a result that JSON does not have as a bad record', () => {
    files.write('big.json', flowWith({ type: 'stream-map', expression: 'BigInt(payload.v)', expressionType: 'js' }))
    assert.match(succeeds('big.json --in in=- --out out=-', lines(a)).stderr, /^stdin:1: cannot be written: .*BigInt/m)
  })
  it('ends quietly when nobody reads any more', async () => {
    files.write('many.ndjson', lines({ ts: 1, text: 'x'.repeat(100) }).repeat(20_000))
    const child = start(files.path, 'run pass.json --in in=many.ndjson --out out=-')
    let stderr = ''
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
    child.stdout.once('data', () => child.stdout.destroy())
    const { code } = await endOf(child)
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
  })
  it('writes the other outputs to the end when nobody reads one of them any more', async () => {
    const row = lines({ ts: 1, text: 'x'.repeat(100) })
    files.write('many.ndjson', row.repeat(20_000))
    const child = start(files.path, 'run pass.json --in in=many.ndjson --out out=- --out p=p.ndjson --out o=o.csv.gz')
    child.stdout.once('data', () => child.stdout.destroy())
    assert.equal((await endOf(child)).code, 0)
    assert.ok(files.read('p.ndjson') === row.repeat(20_000))
    assert.equal(
      gunzipSync(readFileSync(files.at('o.csv.gz')))
        .toString()
        .split('\n').length,
      20_002
    )
  })
  it('tells a bad line by its exit code also where nobody reads the output', async () => {
    const child = start(files.path, 'run pass.json --in in=- --out out=-')
    child.stdout.destroy()
    child.stdin.end(`${lines(a)}{\n`)
    assert.equal((await endOf(child)).code, 1)
  })
  it('does its work where nobody reads what it tells', async () => {
    const child = start(files.path, 'run pass.json --skip-bad --in in=- --out out=o')
    child.stderr.destroy()
    child.stdin.write('{\n')
    await delay(500)
    child.stdin.end(`{\n{\n${lines(a)}`)
    assert.equal((await endOf(child)).code, 0)
    assert.equal(files.read('o'), lines(a))
  })
  it('hands results on while its input is still open, a named pipe too', async function () {
    if (spawnSync('mkfifo', [files.at('pipe')]).status !== 0) this.skip()
    const child = start(files.path, 'run pass.json --in in=pipe --out out=-')
    const pipe = createWriteStream(files.at('pipe'))
    pipe.write(lines(a))
    assert.equal(await firstOf(child.stdout), lines(a))
    pipe.end()
    assert.equal((await endOf(child)).code, 0)
  })
  it('hands results on while its input is still open', async () => {
    const child = start(files.path, 'run pass.json --in in=- --out out=-')
    child.stdin.write(lines(a))
    assert.equal(await firstOf(child.stdout), lines(a))
    child.stdin.end()
    assert.equal((await endOf(child)).code, 0)
  })
  it('waits for a slow reader, and its memory does not grow with the file', async function () {
    if (process.platform !== 'linux') this.skip()
    const line = lines({ ts: 1, text: 'x'.repeat(200) })
    files.write('many.ndjson', line.repeat(400_000))
    const child = start(files.path, 'run pass.json --in in=many.ndjson --out out=-')
    await once(child.stdout, 'readable')
    let length = 0
    let highest = 0
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      length += chunk.length
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      highest = Math.max(highest, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0))
    }
    assert.equal(length, 400_000 * line.length)
    assert.ok(highest > 0 && highest < 140_000, `${highest} kB for a file of 88 MB`)
  })
  it('shows its progress on a terminal, and what is bad on lines of their own', function () {
    files.write('row', lines(a))
    const input = `(cat row; sleep 2; cat row; sleep 1; echo '{'; cat row)`
    const line = `${input} | '${process.execPath}' '${entry}' run pass.json --skip-bad --in in=- --out out=out.ndjson`
    const { stdout, error } = spawnSync('script', ['-qc', line, '/dev/null'], { cwd: files.path, encoding: 'utf8' })
    if (error !== undefined) this.skip()
    const erase = '\r\x1b[K'
    const [before, bad, behind] = stdout.split(/(?=stdin:3:)|(?<=position 1\r\n)/)
    assert.match(before, /2 rows, \d rows\/s/)
    assert.ok(before.endsWith(erase), JSON.stringify(before))
    assert.match(bad, /^stdin:3: .*\r\n$/)
    assert.match(behind, /3 rows, \d rows\/s\r\nbad lines left out: 1\r\n$/)
  })
  it('shows no progress where stderr is no terminal', () => {
    assert.equal(succeeds('pass.json --in in=in.ndjson --out out=-').stderr, '')
  })
  it('says its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    assert.equal(command(files.path, ['--version']).stdout, `${version}\n`)
  })
  it('helps, with examples', () => {
    const general = command(files.path, ['--help'])
    assert.match(general.stdout, /stream-analytics run flows\.json --in/)
    const { status, stdout } = command(files.path, ['run', '--help'])
    assert.equal(status, 0)
    for (const option of ['--in', '--out', '--merge-by', '--messages', '--rows', '--skip-bad'])
      assert.ok(stdout.includes(option))
    assert.match(stdout, /Examples:/)
    assert.doesNotMatch(stdout, /default/)
  })
})
