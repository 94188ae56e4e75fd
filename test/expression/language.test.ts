import assert from 'node:assert/strict'
import jsonata from 'jsonata'
import { compileJsonata } from '#engine/expression/jsonata'
import { outcomeOf } from './outcome'

const plant = {
  site: 'north',
  payload: { temp: 21.5, hum: 48, name: 'Kiln 3', tags: ['hot', 'dry'], empty: [], none: null, on: true },
  lines: [
    {
      id: 'a',
      speed: 4,
      jobs: [
        { part: 'lid', count: 3 },
        { part: 'box', count: 9 }
      ]
    },
    { id: 'b', speed: 7, jobs: [{ part: 'lid', count: 5 }] },
    { id: 'c', jobs: [] }
  ],
  grid: [[1, 2], [3], []],
  'odd name': { '': 'blank' }
}

/** What is compiled, by construct: each line must be compiled and come to what the evaluator comes to. */
const constructs: Record<string, string[]> = {
  paths: [
    'site',
    'payload.temp',
    'lines.id',
    'lines.jobs.part',
    'grid',
    'lines.speed',
    '`odd name`.``',
    'nothing.at.all',
    '$.payload.temp',
    '$$.lines.id',
    'payload.none',
    'payload.none.x',
    'payload.tags',
    'lines.jobs',
    'grid.$',
    '"site"'
  ],
  'arrays that stay arrays': [
    'site[]',
    'payload.temp[]',
    'lines[0].jobs[].part',
    'payload.tags[]',
    'lines[id="b"].id[]',
    'grid[]',
    'nothing[]',
    'payload.empty[]',
    '[1][]',
    '$[].site'
  ],
  predicates: [
    'lines[0].id',
    'lines[-1].id',
    'lines[5]',
    'lines[speed > 4].id',
    'lines.jobs[0].part',
    '(lines.jobs)[0].part',
    'lines[[0, 2]].id',
    'grid[0]',
    'grid[0][1]',
    'payload.tags[$ = "dry"]',
    'lines[jobs[count > 4]].id',
    'lines[1.7].id',
    'site[0]',
    'site[1]',
    'lines[$boolean(speed)].id',
    'lines["a"].id',
    'lines[speed].id'
  ],
  arithmetic: [
    '1 + 2 * 3',
    'payload.temp * 1.8 + 32',
    '7 % 4',
    '-payload.temp',
    '1 / 3',
    'nothing + 1',
    'site + 1',
    '1 + site',
    'payload.none + 1',
    '1 / 0',
    '1 / 0 + 1',
    '1e300 * 1e300 * 0',
    '-site',
    '0.1 + 0.2',
    '5 - -3'
  ],
  comparison: [
    '1 < 2',
    '"a" < "b"',
    '1 < "a"',
    'nothing < 1',
    'payload.none < 1',
    'payload.none = null',
    '1 = 1.0',
    'nothing = nothing',
    'nothing != 1',
    '[1, 2] = [1, 2]',
    '{"a": 1, "b": [2]} = {"b": [2], "a": 1}',
    '1 = "1"',
    'true > false',
    '1 in [1, 2]',
    '"hot" in payload.tags',
    'nothing in [1]',
    '[1] in [[1]]',
    '3 in 3'
  ],
  logic: [
    'true and false',
    'site or nothing',
    'payload.empty or 0',
    'nothing and $error("not reached")',
    'true and 1/0',
    'payload.temp > 20 and payload.hum < 50',
    '[0] or [0, 0]',
    '{} or ""'
  ],
  texts: [
    'site & " " & payload.temp',
    '1 & 2',
    'nothing & "x"',
    'payload & ""',
    'payload.none & ""',
    '0.1 + 0.2 & ""',
    '123456789012345680 & ""',
    '1/3 & ""',
    '[1, "a"] & {}',
    '(1/0) & ""',
    '-0 & ""'
  ],
  conditions: [
    'payload.on ? 1 : 2',
    'nothing ? 1',
    'site = "south" ? 1 : payload.temp > 20 ? 2 : 3',
    'site ?: "x"',
    '"" ?: "x"',
    'nothing ?? "x"',
    'payload.none ?? "x"',
    'payload.empty ?: 1'
  ],
  constructors: [
    '[1, [2, 3], site]',
    '[lines.id, 9]',
    '[nothing]',
    '{"t": payload.temp, "n": nothing}',
    '{}',
    '[]',
    '{site: 1}',
    '{"a": 1, "a": 2}',
    '{payload.temp: 1}',
    '{"2": 1, "1": 2}',
    'lines.{"id": id, "n": $count(jobs)}',
    'lines.[id, speed]',
    '[lines.speed]',
    '[1..5]',
    '[3..1]',
    '[1.5..2]',
    '[1..3, 7..8]',
    'payload.[temp]',
    '[[1], [2]].$'
  ],
  grouping: [
    'lines.jobs{part: $sum(count)}',
    'lines{id: speed}',
    'lines.jobs{part: count}',
    'lines{speed: id}',
    'nothing{"a": $}',
    'lines.jobs{part: {"n": $count($)}}',
    '(lines){id: jobs.count}'
  ],
  'blocks and variables': [
    '($x := 5; $x * $x)',
    '($x := 1; ($x := 2; $y := 3); $x)',
    '(1; 2)',
    '()',
    '($x := $y := 4; $x + $y)',
    '($sum := 3; $sum)',
    '($x; $x := 1)',

    'lines.($n := speed; $n * 2)',
    '($a := lines; $a[0].id)',
    '($a := lines.speed; $a)',
    '($a := [1]; $a)'
  ],
  functions: [
    '($f := function($n) { $n * 2 }; $f(4))',
    '($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(10))',
    '($even := function($n) { $n = 0 ? true : $odd($n - 1) }; $odd := function($n) { $n = 0 ? false : $even($n - 1) }; $even(3001))',
    '($add := function($a) { function($b) { $a + $b } }; $add(3)(4))',
    '(function($a, $b) { [$a, $b] })(1)',

    '(1)(2)',
    '($add := function($a, $b) { $a + $b }; $inc := $add(?, 1); $inc(9))',
    '($p := $power(?, 2); $p(3))',
    '(null)(1)',
    '($f := function($x)<n:n> { $x }; $f("a"))',
    '($f := function($x)<s-:s> { $x }; site.$f())',
    '($f := $sum; $f([1, 2]))',
    '($f := function($l) { $map($l, $uppercase) }; $f(["a"]))',
    '($f := function($l) { $sort($l, function($a, $b) { $a > $b }) }; $f([2, 1]))',
    '($n := 3; function() { $n }())',
    '(function($x, $x) { $x })(1, 2)'
  ],
  'functions of functions': [
    '$map(lines.speed, function($v, $i) { $v + $i })',
    '$map(lines, function($v) { $v.none })',
    '$filter(lines, function($v, $i, $a) { $i = $count($a) - 1 }).id',
    '$reduce([1, 2, 3], function($a, $b) { $a + $b })',
    '$reduce([], function($a, $b) { $a + $b }, 7)',
    '$reduce([1], function($a) { $a })',
    '$single([1, 2], function($v) { $v = 2 })',
    '$single([1, 1])',
    '$single([])',
    '$each(payload, function($v, $k) { $k & ":" & $v })',
    '$sift(payload, function($v) { $v > 40 })',
    '$sort(lines, function($l, $r) { $l.id < $r.id }).id',
    '$sort(["b", "a"])',
    '$sort([1, "a"])',
    '$map("x", $uppercase)',
    '$map([1, 2], $string)',
    '$map([[1, 2], 3], function($v) { $v })',
    '$filter(1, $boolean)',
    '$map([1], $keys)'
  ],
  chains: [
    'lines.speed ~> $sum()',
    'site ~> $uppercase',
    'site ~> $substring(1) ~> $length()',
    '(site ~> ($uppercase ~> $length))',
    '($twice := $uppercase ~> $lowercase; $twice("aB"))',
    '5 ~> 6',
    '[1, 2] ~> $map(function($v) { $v * 2 })'
  ],
  order: [
    'lines^(speed).id',
    'lines^(>speed).id',
    'lines^(id, >speed).id',
    'lines.jobs^(count).part',
    '[3, 1, 2]^($)',
    'lines^(jobs)',
    '[1, "a"]^($)',
    'site^($)',
    'lines[0].jobs^(>count)[0].part',
    'lines^(>$count(jobs), id)'
  ],
  wildcards: [
    'payload.*',
    '*.temp',
    '**.count',
    '**[0]',
    'lines.*[0]',
    '*',
    '{}.*',
    'grid.**',
    'payload.*[$type($) = "number"]'
  ],
  'functions of texts': [
    '$substring("Zoë😀x", 3, 1)',
    '$substring("hello", -3, 2)',
    '$substring("hello", 9)',
    '$substringBefore("a-b", "-")',
    '$substringAfter("a-b", "-")',
    '$uppercase(1)',
    '$trim("  a  \\n b ")',
    '$pad("x", -4, "ab")',
    '$pad("x", 5, "ab")',
    '$length("😀")',
    '$contains("abc", "b")',
    '$split("a, b,c", ",", 2)',
    '$join(payload.tags, "+")',
    '$join([1])',
    '$replace("aXbX", "X", "-", 1)',
    '$replace("a", "", "b")',
    '$replace("john smith", /(\\w+)\\s(\\w+)/, "$2 $1 $0 $$ $3")',
    '$match("ab12cd3", /[a-z]+(\\d+)/)',
    '$match("abc", /x/)',
    '$match("aaa", /a/, 2)',
    '$match("abc", /x*/)',
    '$split("a1b22c", /\\d+/)',
    '$contains("abc", /B/i)',
    '$replace("abc", /b/, function($m) { $uppercase($m.match) })',
    '$replace("abc", /b/, function($m) { 1 })',
    '$string({"a": 1.005})',
    '$string([1, 2], true)',
    '$string($sum)',
    '$string(1/0)',
    '$base64encode("abc")',
    '$base64decode("YWJj")',
    '$encodeUrlComponent("a b&c")',
    '$encodeUrl("a b&c")',
    '$decodeUrl("%20")',
    '$decodeUrlComponent("%E0%A4%A")',
    '"a".$uppercase()',
    '$string()',
    'payload.temp.$string()',
    '$length()',
    '$uppercase("a", "b")',
    '$lowercase("ÄB")'
  ],
  'functions of numbers': [
    '$number("1e3")',
    '$number("0x1F")',
    '$number("abc")',
    '$number(true)',
    '$round(2.5)',
    '$round(3.5)',
    '$round(-2.5)',
    '$round(1.005, 2)',
    '$round(1234, -2)',
    '$floor(-1.5)',
    '$ceil(1.2)',
    '$abs(-3)',
    '$sqrt(16)',
    '$sqrt(-1)',
    '$power(2, 10)',
    '$power(10, 999)',
    '$formatBase(255, 16)',
    '$formatBase(1, 40)',
    '$sum(lines.speed)',
    '$max([1, 3, 2])',
    '$min([])',
    '$average(lines.speed)',
    '$sum(["a"])',
    '$sum(5)',
    '$sum(nothing)',
    '$max("a")',
    '$count(lines)',
    '$count(nothing)',
    '$count(1)',
    '$random() < 1',
    '$abs("a")'
  ],
  'functions of arrays and objects': [
    '$append([1], 2)',
    '$append(nothing, 1)',
    '$reverse([1, 2])',
    '$distinct([1, 1, {"a": 1}, {"a": 1}])',
    '$zip([1, 2], ["a"])',
    '$count($shuffle([1, 2, 3]))',
    '$keys(lines)',
    '$keys(payload)',
    '$lookup(lines, "id")',
    '$lookup(payload, "temp")',
    '$spread(lines[0])',
    '$spread(lines)',
    '$merge([{"a": 1}, {"b": 2, "a": 3}])',
    '$merge([1])',
    '$type(null)',
    '$type(lines)',
    '$type($sum)',
    '$exists(nothing)',
    '$boolean([0, 1])',
    '$not(nothing)',
    '$not(0)',
    '$error("own words")',
    '$error()',
    '$assert(false, "why")',
    '$assert(true)',
    '$exists(site, 1)'
  ],
  bindings: [
    'lines@$l.jobs.{"line": $l.id, "part": part}',
    'lines#$i.{"at": $i, "id": id}',
    'lines.jobs.{"part": part, "line": %.id}',
    'lines.jobs[%.speed > 4].part',
    'lines@$l.jobs@$j[$j.count > 4].[$l.id, $j.part]',
    'lines.jobs#$i[$i > 0].part',
    '(lines.jobs)[%.id = "b"].part',
    'lines@$l.jobs{part: [$l.id]}',
    'lines^(>speed)#$i.[$i, id]',
    'lines.jobs.part.%.%.id',
    'lines#$i[$i = 1][].id'
  ],
  pictures: [
    '$formatNumber(payload.temp, "0.00")',
    '$formatNumber(-1234567.891, "#,##0.0;(#,##0.0)")',
    '$formatNumber(0.14, "0%")',
    '$formatNumber(12345.6, "0.00e0")',
    '$formatNumber(1.5, "#.##.#")',
    '$formatNumber(1234.5, "#.##0,00", {"decimal-separator": ",", "grouping-separator": "."})',
    '$formatInteger(1234567, "#,##0")',
    '$formatInteger(21, "Ww;o")',
    '$formatInteger(1999, "I")',
    '$formatInteger(28, "a")',
    '$formatInteger(-3, "001;o")',
    '$formatInteger(5, "*")',
    '$formatInteger(12, "\u0660")',
    '$parseInteger("twelve thousand and sixty", "w")',
    '$parseInteger("MCMXCIX", "I")',
    '$parseInteger("12,345", "#,##0")',
    '$parseInteger("ab", "a")',
    '$fromMillis(1700000000000)',
    '$fromMillis(1700000000000, "[FNn], [D1o] [MNn] [Y] [h]:[m][P] [Z]", "-0530")',
    '$fromMillis(1704067200000, "[X]-W[W01]-[F1], [w] of [xNn,3-3], day [d]")',
    '$fromMillis(0, "[Q]")',
    '$fromMillis(0, "[Y")',
    '$fromMillis(0, "[HN]")',
    '$fromMillis(-62198755200000)',
    '$length($now())'
  ],
  times: [
    '$toMillis("2024-02-29T12:00:00.5Z")',
    '$toMillis("2024")',
    '$toMillis("yesterday")',
    '$millis() = $millis()',
    '$millis() > 1.7e12'
  ]
}

describe('a compiled expression', () => {
  for (const [construct, texts] of Object.entries(constructs)) {
    it(`comes to what the evaluator comes to: ${construct}`, async () => {
      for (const text of texts) {
        const compiled = compileJsonata(text, jsonata)
        assert.ok(compiled.compiled, `${text}: ${compiled.reason}`)
        const document = structuredClone(plant)
        const expected = await outcomeOf(() => jsonata(text).evaluate(structuredClone(plant)) as Promise<unknown>)
        assert.deepEqual(await outcomeOf(() => compiled.evaluate(document)), expected, text)
        assert.deepEqual(document, plant, `${text} changes its input`)
      }
    })
  }

  it('takes an array as one document', async () => {
    for (const text of [
      '$',
      '$$',
      '$[0]',
      'a',
      '$sum(a)',
      '*',
      '**',
      '$count($)',
      '{"n": a}',
      '$string()',
      '$.a',
      '[a]'
    ]) {
      const documents = [{ a: 1 }, { a: 2 }]
      const expected = await outcomeOf(() => jsonata(text).evaluate(documents) as Promise<unknown>)
      assert.deepEqual(await outcomeOf(() => compileJsonata(text, jsonata).evaluate(documents)), expected, text)
    }
  })

  it('gives its value at once, and an error as an exception with the code and place of JSONata', () => {
    assert.equal(compileJsonata('payload.temp + 1', jsonata).evaluate(plant), 22.5)
    assert.throws(() => compileJsonata('1 + (2 - "a")', jsonata).evaluate({}), {
      code: 'T2002',
      position: 8,
      token: '-',
      value: 'a',
      message: 'right of - must be a number, got "a"'
    })
  })

  it('tells the first of several failures in a constructor', () => {
    assert.throws(() => compileJsonata('{"a": 1 + "x", "b": -"x"}', jsonata).evaluate({}), { code: 'T2002' })
  })

  it('leaves to the evaluator, whole, what it does not know', async () => {
    const left = [
      '$eval("1")',
      '$clone($)',
      '$other',
      '$f(1)',
      '$env("A")',
      '$flowContext("a")',
      '| $ | {} |',
      '[$a := 1, $a]',
      'sum(1)'
    ]
    for (const text of left) {
      const compiled = compileJsonata(text, jsonata)
      assert.equal(compiled.compiled, false, text)
      assert.match(String(compiled.reason), /evaluator/)
    }
    assert.deepEqual(await compileJsonata('$eval("1 + 1")', jsonata).evaluate({}), 2)
  })

  it('leaves functions and variables that the surroundings bring to the evaluator', async () => {
    const prepare = (text: string): ReturnType<typeof jsonata> => {
      const expression = jsonata(text)
      expression.registerFunction('double', (x: number) => x * 2)
      return expression
    }
    assert.equal(await compileJsonata('$double(4)', prepare).evaluate({}), 8)
    assert.equal(await compileJsonata('$sum', jsonata).evaluate({}, { sum: 3 }), 3)
    assert.equal(await compileJsonata('$x + 1', jsonata).evaluate({}, { x: 3 }), 4)
  })

  it('reads and writes no inherited property', async () => {
    const texts = [
      'constructor',
      '`__proto__`',
      'a.toString',
      '$lookup($, "constructor")',
      'a.hasOwnProperty',
      '$keys($)',
      '{"__proto__": {"x": 1}}',
      '{"__proto__": {"x": 1}}.x',
      '{`key`: a}',
      '$merge([{"__proto__": {"x": 1}}])',
      '*',
      '**.x',
      '$spread($)'
    ]
    const document = JSON.parse('{"a": {"n": 1}, "key": "__proto__", "__proto__": {"x": 2}}') as object
    for (const text of texts) {
      const compiled = compileJsonata(text, jsonata)
      assert.ok(compiled.compiled, text)
      const expected = await outcomeOf(() => jsonata(text).evaluate(document) as Promise<unknown>)
      assert.deepEqual(await outcomeOf(() => compiled.evaluate(document)), expected, text)
    }
    assert.equal(({} as { x?: number }).x, undefined)
    const heir = Object.create({ payload: { temp: 1 }, temp: 2 }) as object
    for (const text of ['payload', 'payload.temp', 'temp', '$.payload.temp', '$lookup($, "temp")'])
      assert.equal(compileJsonata(text, jsonata).evaluate(heir), undefined, text)
  })

  it('recurses as deep as the evaluator does, from the end of the stack on by the evaluator itself', async () => {
    const recursions = [
      '($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(depth))',
      '($f := function($n) { $n = 0 ? {} : {"a": $f($n - 1)} }; $f(depth) != {})',
      '($f := function($n) { $n = 0 ? 0 : $sum([1, $map($n - 1, $f)]) }; $f(depth))',
      '($e := function($n) { $n = 0 ? true : $not($o($n - 1)) }; $o := function($n) { $n = 0 ? false : $not($e($n - 1)) }; $e(depth))',
      '(λ($f) { λ($x) { $x($x) }(λ($g) { $f(λ($a) { $g($g)($a) }) }) }(λ($f) { λ($n) { $n = 0 ? "" : "a" & $f($n - 1) } }))(depth)',
      '($f := function($n) { $n = 0 ? -"x" : 1 + $f($n - 1) }; $f(depth))'
    ]
    for (const text of recursions) {
      const compiled = compileJsonata(text, jsonata)
      assert.ok(compiled.compiled && compiled.mayRecurse, text)
      // the evaluator itself comes to the end of the stack from 2,500 on
      for (const depth of [0, 100, 1500]) {
        const expected = await outcomeOf(() => jsonata(text).evaluate({ depth }) as Promise<unknown>)
        assert.deepEqual(await outcomeOf(() => compiled.evaluate({ depth })), expected, `${text} at ${depth}`)
        if (depth < 1000 && !expected.error) assert.ok(!(compiled.evaluate({ depth }) instanceof Promise), text)
      }
    }
  })

  it('passes a function on as often as it likes', () => {
    const text = '(function($f, $n) { $f($f, $n) }(function($f, $n) { $n = 0 ? "" : "a" & $f($f, $n - 1) }, 200))'
    assert.equal(compileJsonata(text, jsonata).evaluate({}), 'a'.repeat(200))
  })

  it('never needs more stack for what does not recurse or calls itself last', () => {
    for (const text of [
      'payload.temp * 2',
      '$map([1, 2], function($v) { $v + $sum([1, $v]) })',
      '($double := function($x) { $x * 2 }; $double(3))',
      '($loop := function($n) { $n = 0 ? "end" : $loop($n - 1) }; $loop(100000))'
    ]) {
      const compiled = compileJsonata(text, jsonata)
      assert.ok(!compiled.mayRecurse, text)
      assert.ok(!(compiled.evaluate(plant) instanceof Promise), text)
    }
  })

  it('fails where it recurses or loops without an end, and works afterwards', async () => {
    const deep = compileJsonata('($f := function($x) { 1 + $f($x + 1) }; $f(1))', jsonata)
    await assert.rejects(deep.evaluate({}) as Promise<unknown>, { code: 'D1011' })
    const loop = compileJsonata('($f := function() { $f() }; $f())', jsonata)
    assert.throws(() => loop.evaluate({}), { code: 'D1011' })
    const sum = compileJsonata('($f := function($x) { $x = 0 ? 0 : $x + $f($x - 1) }; $f(500))', jsonata)
    assert.equal(sum.evaluate({}), 125_250)
    // a wrapper that cannot be told of the depth ends with the stack
    const bare = compileJsonata('($f := function($x) { 1 + $f($x + 1) }; $f(1))', text => {
      const expression = jsonata(text)
      return { ast: () => expression.ast(), evaluate: input => expression.evaluate(input) as Promise<unknown> }
    })
    assert.throws(() => bare.evaluate({}), RangeError)
  })
})
