import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { nabScore, type Labelled } from '#engine/cli/evaluate/nab'
import { command, endOf, scratch, start } from './command'

/** 100 rows, a window of rows 50 to 59; the first 15 rows do not count. */
const series: Labelled = {
  name: 'a',
  times: Float64Array.from({ length: 100 }, (_, i) => i),
  values: new Float64Array(100),
  windows: [[50, 59]]
}
const alarmsAt = (...rows: number[]): Float64Array => {
  const scores = new Float64Array(100)
  for (const row of rows) scores[row] = 1
  return scores
}
const scoreOf = (...rows: number[]): number => nabScore([series], [alarmsAt(...rows)], 1).score
const sigmoid = (y: number): number => 2 / (1 + Math.exp(5 * y)) - 1

describe('the score of the Numenta Anomaly Benchmark', () => {
  it('is 100 for an alarm at the first row of each window and nothing else, 0 for no alarm', () => {
    assert.equal(scoreOf(50), 100)
    assert.equal(scoreOf(), 0)
  })

  it('is less the later an alarm comes; later ones in the same window change nothing', () => {
    const late = (100 * (1 + sigmoid(-0.5) / sigmoid(-1))) / 2
    assert.ok(Math.abs(scoreOf(55) - late) < 1e-9)
    assert.equal(scoreOf(55, 56, 59), scoreOf(55))
  })

  it('takes 0.11 for a false alarm far from a window, less right behind one', () => {
    assert.ok(Math.abs(scoreOf(50, 30) - (100 - (100 * 0.11) / 2)) < 1e-9)
    const behind = 100 + (100 * 0.11 * sigmoid(1 / 9)) / 2
    assert.ok(Math.abs(scoreOf(50, 60) - behind) < 1e-9)
  })

  it('does not count the first rows, in which a detector may learn', () => {
    assert.equal(scoreOf(0, 14, 50), 100)
    assert.ok(scoreOf(15, 50) < 100)
  })

  it('takes the best threshold where none is given', () => {
    const scores = alarmsAt(50)
    scores[20] = 0.5
    const best = nabScore([series], [scores])
    assert.deepEqual([best.score, best.threshold, best.found, best.falseAlarms], [100, 1, 1, 0])
  })
})

/** A quiet series with a spike at row 900, one row a minute. */
const csv = (marked: boolean): string => {
  const rows = Array.from({ length: 1000 }, (_, i) => {
    const time = new Date(Date.UTC(2024, 0, 1) + i * 60_000).toISOString().slice(0, 19).replace('T', ' ')
    const value = i === 900 ? 50 : (i * 7919) % 13
    return `${time},${value}${marked ? `,${i >= 895 && i < 905 ? 1 : 0}` : ''}`
  })
  return `timestamp,value${marked ? ',isAnomaly' : ''}\n${rows.join('\n')}\n`
}
const labels = JSON.stringify({ 'plant/a.csv': [['2024-01-01 14:55:00', '2024-01-01 15:04:00']] })

describe('stream-analytics evaluate', () => {
  const files = scratch()

  it('prints what methods find beside two that do not look', () => {
    files.write('a.csv', csv(false))
    files.write('labels.json', JSON.stringify({ 'a.csv': [['2024-01-01 14:55:00', '2024-01-01 15:04:00']] }))
    const { status, stdout, stderr } = command(files.path, [
      'evaluate',
      'a.csv',
      '--labels',
      'labels.json',
      '--method',
      'zscore',
      '--method',
      'auto'
    ])
    assert.equal(stderr, '')
    assert.equal(status, 0)
    const found = stdout.split('\n').map(line => line.replace(/ +/g, ' '))
    assert.match(found[0], /^1 series, 1000 rows, 1 labelled windows/)
    assert.match(found[2], /^zscore, default threshold 93.0 100 % 100 % 5 1$/)
    assert.match(found.join('\n'), /^auto, best threshold [89]\d\.\d 100 % 100 % 5 1/m)
    assert.match(found.join('\n'), /^random, best threshold/m)
    assert.match(found.join('\n'), /^metronome, every 400 rows/m)
  })

  it('takes a column that marks the rows for labels, and fields of the node', () => {
    files.write('a.csv', csv(true))
    const run = (threshold: string): string =>
      command(files.path, [
        'evaluate',
        'a.csv',
        '--labels',
        'isAnomaly',
        '--method',
        'zscore',
        '--set',
        `threshold=${threshold}`
      ]).stdout
    assert.match(run('3'), /zscore, threshold 3 +93\.0 +100 % +100 %/)
    assert.match(run('1000'), /zscore, threshold 1000 +0\.0 +- +0 %/)
  })

  it('takes true and false of any case for marks', () => {
    for (const [no, yes] of [
      ['False', 'True'],
      ['false', 'true'],
      ['0.0', '1.0'],
      ['', '1']
    ]) {
      files.write(
        'a.csv',
        csv(true).replace(/,([01])$/gm, (_, mark) => `,${mark === '1' ? yes : no}`)
      )
      const { stdout } = command(files.path, ['evaluate', 'a.csv', '--labels', 'isAnomaly', '--method', 'zscore'])
      assert.match(stdout, /zscore, default threshold +93\.0 +100 % +100 %/, yes)
    }
  })

  it('ends quietly when nobody reads any more', async () => {
    files.write('a.csv', csv(true))
    const methods = ['zscore', 'ewma', 'mad'].map(name => `--method ${name}`).join(' ')
    const child = start(files.path, `evaluate a.csv --labels isAnomaly ${methods}`)
    let stderr = ''
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
    child.stdout.destroy()
    const { code } = await endOf(child)
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
  })

  it('says which label is none', () => {
    files.write('a.csv', csv(false))
    for (const [labels, problem] of [
      ['null', /^labels\.json: must be \{.*got null/],
      ['[1]', /^labels\.json: must be \{.*got \[1\]/],
      ['{"a.csv":5}', /^labels\.json: labels of a\.csv must be a list, got 5/],
      ['{"a.csv":["soon"]}', /^labels\.json: label of a\.csv must be a time .*"soon"/],
      ['{"a.csv":[["2024-01-01"]]}', /^labels\.json: label of a\.csv must be a time or \[from, to\]/],
      ['{"a.csv":[["2024-01-02","2024-01-01"]]}', /^labels\.json: label of a\.csv must be a time or \[from, to\]/]
    ] as const) {
      files.write('labels.json', labels)
      const { status, stderr } = command(files.path, ['evaluate', 'a.csv', '--labels', 'labels.json'])
      assert.match(stderr, problem)
      assert.equal(status, 1)
    }
  })

  it('draws the series where the chart library is there, and asks for it where it is not', () => {
    files.write('a.csv', csv(true))
    const drawing = ['evaluate', 'a.csv', '--labels', 'isAnomaly', '--plot', 'a.svg']
    assert.equal(command(files.path, drawing).status, 0)
    assert.match(files.read('a.svg'), /^<svg[\s\S]+a\.csv/)
    files.write(
      'none.cjs',
      "require('module')._load = (load => (name, ...rest) => { if (name === 'echarts') throw Object.assign(new Error(), { code: 'MODULE_NOT_FOUND' }); return load(name, ...rest) })(require('module')._load)"
    )
    const options = process.env.NODE_OPTIONS
    process.env.NODE_OPTIONS = `--require=${files.at('none.cjs')}`
    try {
      const { status, stderr } = command(files.path, [...drawing.slice(0, -1), 'b.svg'])
      assert.equal(status, 1)
      assert.match(stderr, /npm install echarts/)
      assert.equal(existsSync(files.at('b.svg')), false)
    } finally {
      if (options === undefined) delete process.env.NODE_OPTIONS
      else process.env.NODE_OPTIONS = options
    }
  })

  for (const [args, code, message] of [
    [['missing.csv', '--labels', 'labels.json'], 1, /missing\.csv: no such file/],
    [['a.csv', '--labels', 'labels.json'], 1, /labels\.json: no labelled window is in the data/],
    [['a.csv', '--labels', 'none'], 2, /--labels must be a column of a\.csv/],
    [['a.csv', '--labels', 'value', '--time', 'when'], 2, /--time must be a column/],
    [['a.csv', '--labels', 'value', '--set', 'threshold'], 2, /--set must be field=value/],
    [['a.csv', '--labels', 'value', '--method', 'magic'], 2, /method must be one of/],
    [['a.csv', '--labels', 'value', '--set', 'treshold=1'], 2, /--set must set one of threshold, .*"treshold"/],
    [
      ['a.csv', '--labels', 'timestamp'],
      1,
      /a\.csv:2: timestamp must be 0 or 1, true or false, got "2024-01-01 00:00:00"/
    ],
    [['bad.csv', '--labels', 'value'], 1, /bad\.csv:4: value must be a number, got "high"/]
  ] as const) {
    it(`says what is wrong: ${args.join(' ')}`, () => {
      files.write('a.csv', csv(false))
      files.write('bad.csv', 'timestamp,value\n\n2024-01-01,1\n2024-01-01,high\n')
      files.write('labels.json', labels)
      const { status, stderr } = command(files.path, ['evaluate', ...args])
      assert.match(stderr, message)
      assert.equal(status, code)
    })
  }
})
