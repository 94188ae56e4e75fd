import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Row, RowTable, type SavedRows } from '#engine/operators/join/row-table'

interface Kept {
  time: number
  id: number
  isMatched: boolean
}

/** The lists of a table beside plain lists that are sorted anew each time. */
class Lists {
  table = new RowTable()
  readonly first: Row[] = [0, 0, 0]
  readonly plain: Kept[][] = [[], [], []]
  private id = 0

  add(list: number, time: number): void {
    const isMatched = this.id % 3 === 0
    this.first[list] = this.table.insert(this.first[list], time, { payload: ++this.id }, isMatched)
    this.plain[list].push({ time, id: this.id, isMatched })
    this.plain[list].sort((a, b) => a.time - b.time)
  }

  /** Finds the same rows around a time, and notes that the one found is matched. */
  find(list: number, time: number): void {
    const { table } = this
    const rows = this.plain[list]
    const from = table.from(this.first[list], time)
    assert.equal(this.idOf(from), rows.find(row => row.time >= time)?.id)
    const upTo = table.upTo(this.first[list], time)
    const last = rows.filter(row => row.time <= time).pop()
    assert.equal(this.idOf(upTo), last?.id)
    if (last === undefined) return
    table.match(upTo)
    last.isMatched = true
  }

  drop(list: number, time: number): void {
    this.first[list] = this.table.dropBefore(this.first[list], time)
    this.plain[list] = this.plain[list].filter(row => row.time >= time)
  }

  dropFirst(list: number): void {
    if (this.plain[list].length === 0) return
    this.first[list] = this.table.dropFirst(this.first[list])
    this.plain[list].shift()
  }

  dropAll(list: number): void {
    this.table.dropAll(this.first[list])
    this.first[list] = 0
    this.plain[list] = []
  }

  /** All lists by way of text into a fresh table. */
  save(): void {
    const saved = JSON.stringify(this.first.map(first => this.table.save(first)))
    this.table = new RowTable()
    for (const [i, rows] of (JSON.parse(saved) as SavedRows[]).entries()) this.first[i] = this.table.load(rows)
  }

  private idOf(row: Row): unknown {
    return row === 0 ? undefined : this.table.messageOf(row).payload
  }

  check(): void {
    const { table } = this
    assert.equal(table.size, this.plain.flat().length)
    for (const [i, rows] of this.plain.entries()) {
      const got: Kept[] = []
      for (let row = this.first[i]; row !== 0; row = table.after(row)) {
        got.push({ time: table.timeOf(row), id: this.idOf(row) as number, isMatched: table.isMatched(row) })
      }
      assert.deepEqual(got, rows)
    }
  }
}

const list = fc.nat(2)
const time = fc.integer({ min: 0, max: 300 })
const few = fc.array(time, { minLength: 1, maxLength: 200 })
const actions = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(list, few).map(
        ([l, times]) =>
          (to: Lists) =>
            times.forEach(t => to.add(l, t))
      )
    },
    {
      weight: 3,
      arbitrary: fc.tuple(list, few).map(
        ([l, times]) =>
          (to: Lists) =>
            times.forEach(t => to.find(l, t))
      )
    },
    {
      weight: 2,
      arbitrary: fc.tuple(list, fc.nat(120)).map(
        ([l, t]) =>
          (to: Lists) =>
            to.drop(l, t)
      )
    },
    { weight: 2, arbitrary: list.map(l => (to: Lists) => to.dropFirst(l)) },
    { weight: 1, arbitrary: list.map(l => (to: Lists) => to.dropAll(l)) },
    { weight: 1, arbitrary: fc.constant((to: Lists) => to.save()) }
  ),
  { maxLength: 25, size: 'max' }
)

describe('the lists of a table of rows', () => {
  it('are what sorted lists are, through any adding, finding, dropping and saving', () => {
    fc.assert(
      fc.property(actions, all => {
        const lists = new Lists()
        for (const act of all) {
          act(lists)
          lists.check()
        }
      }),
      { numRuns: 100 }
    )
  })
  it('are empty without a row: its time is never', () => {
    const table = new RowTable()
    assert.equal(table.timeOf(0), Infinity)
    for (const time of [-Infinity, 0, Infinity]) {
      assert.deepEqual([table.from(0, time), table.upTo(0, time), table.dropBefore(0, time)], [0, 0, 0])
    }
    table.dropAll(0)
    assert.deepEqual(
      [table.size, table.save(0), table.load(table.save(0))],
      [0, { times: [], messages: [], matched: [] }, 0]
    )
  })
  it('take the places of rows that were dropped, which nothing keeps alive', () => {
    const table = new RowTable()
    let first = 0
    for (let i = 0; i < 1000; i++) {
      const other = table.insert(0, i, {})
      first = table.insert(first, i, {})
      const places = [first, other]
      first = table.dropBefore(first, i)
      assert.ok(Math.max(...places, first) <= 3, `row ${Math.max(...places)}`)
      table.dropAll(other)
      assert.equal(table.messageOf(other), undefined)
    }
    assert.equal(table.size, 1)
  })
  it('are all forgotten at once', () => {
    const table = new RowTable()
    let first = 0
    for (let i = 0; i < 100; i++) first = table.insert(first, i % 7, { payload: i })
    const held = first
    table.clear()
    assert.equal(table.size, 0)
    assert.equal(table.messageOf(held), undefined)
    first = table.insert(0, 5, { payload: 'a' })
    first = table.insert(first, 4, { payload: 'b' })
    assert.deepEqual(table.save(first), {
      times: [4, 5],
      messages: [{ payload: 'b' }, { payload: 'a' }],
      matched: [false, false]
    })
  })
})
