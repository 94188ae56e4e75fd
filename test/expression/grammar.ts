import fc from 'fast-check'

/** JSONata texts and documents that fit them: few names, so that paths find something. */
const names = ['a', 'b', 'c', 'd', '`x y`']
const variables = ['$v', '$w']

const strings = ['', 'a', 'b', 'abc', 'a,b', 'ab ab', '1', '2.5', 'Zoë', 'true', ' x ']
const numbers = [0, 1, 2, 3, -1, 0.5, 1.005, 2.675, 10, 12345.6789, 1e15, 123456789012345680, 1e300, 1e-7, 0.1]

const key = fc.constantFrom('a', 'b', 'c', 'd', 'x y')

const { value } = fc.letrec<{ value: unknown; scalar: unknown; object: unknown; array: unknown }>(tie => ({
  scalar: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...numbers) },
    { weight: 3, arbitrary: fc.constantFrom(...strings) },
    fc.boolean(),
    fc.constant(null)
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  array: fc.array(tie('value'), { maxLength: 4 }),
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('scalar'), tie('object'), tie('array'))
}))

/** Documents: mostly objects, as messages are. */
export const documents: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.dictionary(key, value, { maxKeys: 5 }) },
  value
)

const literal = fc.oneof(
  fc.constantFrom(...numbers).map(String),
  fc.constantFrom(...strings).map(text => JSON.stringify(text)),
  fc.constantFrom('true', 'false', 'null', '[]', '{}', '-1', '-2')
)

const unaryFunctions = (
  'sum count max min average string length uppercase lowercase trim number abs floor ceil round sqrt boolean not ' +
  'exists keys spread merge reverse distinct type sort base64encode zip values encodeUrlComponent join'
).split(' ')

const fill = (template: string, parts: readonly string[]): string =>
  parts.reduce((text, part, i) => text.replaceAll(`#${i}`, () => part), template)

/** Templates of two and three parts; a part is any expression. */
const templates = [
  '#0 + #1',
  '#0 - #1',
  '#0 * #1',
  '#0 / #1',
  '#0 % #1',
  '#0 = #1',
  '#0 != #1',
  '#0 < #1',
  '#0 <= #1',
  '#0 > #1',
  '#0 >= #1',
  '#0 & #1',
  '#0 and #1',
  '#0 or #1',
  '#0 in #1',
  '#0 ? #1 : #2',
  '#0 ? #1',
  '#0 ?: #1',
  '#0 ?? #1',
  '(#0).(#1)',
  '(#0)[#1]',
  '(#0)[0]',
  '(#0)[-1]',
  '(#0)[[0,1]]',
  '(#0)[].a',
  '(#0)[]',
  '-(#0)',
  '[#0, #1]',
  '[#0]',
  '[[#0], #1]',
  '{"a": #0, "b": #1}',
  '{"a": #0}',
  '#0{"k": #1}',
  '#0{$string(a): #1}',
  '#0.{"a": #1}',
  '($v := #0; #1)',
  '($v := #0; $w := $v; [$v, $w])',
  '(#0; #1)',
  '#0^(a)',
  '#0^(>b, a)',
  '#0^($)',
  '(#0)^(#1)',
  '(#0).*',
  '(#0).**.a',
  '**.a',
  '*',
  '#0.a.b',
  '#0.a[].b',
  '(#0).(a; b)',
  '#0.[a, b]',
  '#0.[a]',
  '[#0].a',
  '$map(#0, function($v){#1})',
  '$map(#0, function($v, $w){$v & $w})',
  '$filter(#0, function($v){#1})',
  '$filter(#0, function($v, $i, $l){$i < 2 and $count($l) > 1})',
  '$reduce(#0, function($v, $w){$v & $w})',
  '$reduce(#0, function($v, $w){#1}, #2)',
  '$sort(#0, function($v, $w){$v.a > $w.a})',
  '$single(#0, function($v){#1})',
  '$each(#0, function($v, $w){$w & $string($v)})',
  '$sift(#0, function($v){#1})',
  '$map(#0, $string)',
  '$map(#0, $uppercase)',
  '#0 ~> $string',
  '#0 ~> $map(function($v){#1})',
  '#0 ~> $sum()',
  '#0 ~> $append(#1)',
  '(#0 ~> ($string ~> $uppercase))',
  '$append(#0, #1)',
  '$lookup(#0, "a")',
  '$lookup(#0, #1)',
  '$zip(#0, #1)',
  '$substring(#0, #1)',
  '$substring(#0, #1, #2)',
  '$substringBefore(#0, #1)',
  '$substringAfter(#0, #1)',
  '$pad(#0, 5, "ab")',
  '$pad(#0, -5)',
  '$contains(#0, #1)',
  '$contains(#0, /b/)',
  '$split(#0, ",")',
  '$split(#0, #1)',
  '$split(#0, /[ ,]/, 2)',
  '$join(#0, "-")',
  '$match(#0, /a(b?)/)',
  '$match(#0, /./, 1)',
  '$replace(#0, "b", "#")',
  '$replace(#0, /(a)(b)/, "$2$1$0$$")',
  '$replace(#0, /a/, function($m){$m.match & $m.index})',
  '$power(#0, #1)',
  '$round(#0, #1)',
  '$formatBase(#0, 2)',
  '$formatBase(#0, #1)',
  '$string(#0, true)',
  '$assert(#0, "no")',
  '$merge([#0, #1])',
  '(function($v){#0})(#1)',
  '(function($v){$v ? #0 : $string($v)})(#1)',
  '($f := function($v){$v in [0, 1, 2] ? $f($v + 1) : $v}; $f(#0))',
  '($f := function($v, $w){$v & $w}; $g := $f(?, #0); $g(#1))',
  '($f := $substringBefore(?, "b"); $f(#0))',
  '($f := $sum; $f(#0))',
  '(function($f){$f(#0)})($count)',
  '$.a',
  '$$.a',
  '#0.$',
  '#0.($)',
  '#0[$ = #1]',
  '#0[a > 1]',
  '#0[a]',
  '#0[#1][0]',
  '[1..#0]',
  '[#0..3]',
  '#0.$string()',
  '#0.$uppercase()',
  '#0.$length($string(#1))',
  '$$[0]',
  '(#0)[$count($) > 1]',
  '$toMillis(#0)',
  '#0.(function($v){$v.a})($)',
  '$error(#0)',
  '#0[].b[]',
  '$type(#0)',
  '#0@$v.(#1)',
  '#0#$w.($w)',
  'a.b.%.a',
  'a.(b.%)',
  '#0@$v.a[$v.b = b].{"v": $v, "a": $}',
  'a#$v[$v < 2].b',
  'a@$v.c@$w[$v.b = $w.b].[$v, $w]',
  '#0.a[%.b]',
  '#0^(%.a)',
  'a#$v.b#$w.[$v, $w]',
  'a@$v.b{$string($v.c): $}'
]

const quoted = (text: string): string => JSON.stringify(text)

const times = fc.integer({ min: -3e12, max: 5e12 })
const marker = fc
  .tuple(
    fc.constantFrom(...'YMDdFWwXxHhPmsfZzCE'),
    fc.constantFrom(
      '',
      '',
      '1',
      '01',
      '0001',
      'N',
      'n',
      'Nn',
      'I',
      'i',
      'w',
      'W',
      'Ww',
      'a',
      '1o',
      '#1',
      '01:01',
      '0101t',
      '9,999'
    ),
    fc.constantFrom('', '', '', ',2', ',3-3', ',*-2', ',2-4')
  )
  .map(([component, presentation, width]) => `[${component}${presentation}${width}]`)
const datePictures = fc
  .array(fc.oneof({ weight: 3, arbitrary: marker }, fc.constantFrom('-', ' of ', '[[', ']]', '')), { maxLength: 4 })
  .map(parts => parts.join(''))
const integerPictures = fc.constantFrom(
  ...[
    '0',
    '#',
    '000',
    '#,##0',
    '##,##,#0',
    '#.##0;o',
    '1;o',
    'w',
    'W',
    'Ww',
    'w;o',
    'Ww;o',
    'i',
    'I',
    'a',
    'A',
    '\u0660',
    '1\u0661',
    '*'
  ]
)
const integers = fc.oneof(
  fc.integer({ min: -30, max: 120 }),
  fc.integer({ min: -5e3, max: 5e3 }),
  fc.constantFrom(1.5, 1e6, 123456789, 1e15)
)

const numberPictures = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...'##000,..;%e-x\u2030'), { maxLength: 8 }).map(parts => parts.join(''))
  },
  fc.constantFrom(
    '0.0',
    '#,##0.00',
    '0',
    '00.#',
    '#.##',
    '0.000e0',
    '##0.0e00',
    '0%',
    '(#,##0);-0',
    '#,##,##0.0,0',
    'x0y'
  )
)
const decimals = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  integers,
  fc.constantFrom(0.5, 1.005, 1e-9, 0, 1e21)
)
const symbols = fc.constantFrom(
  '',
  '',
  ', {"decimal-separator": ","}',
  ', {"zero-digit": "\u0660"}',
  ', {"grouping-separator": " ", "percent": "pc"}'
)

/** Numbers and times written by pictures, and integers read back. */
export const pictures: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(times, datePictures, fc.constantFrom('', ', "+0100"', ', "-0530"', ', "0"'))
    .map(([time, picture, zone]) => `$fromMillis(${time}, ${quoted(picture)}${zone})`),
  fc
    .tuple(decimals, numberPictures, symbols)
    .map(([n, picture, options]) => `$formatNumber(${n}, ${quoted(picture)}${options})`),
  times.map(time => `$fromMillis(${time})`),
  fc.tuple(integers, integerPictures).map(([n, picture]) => `$formatInteger(${n}, ${quoted(picture)})`),
  fc
    .tuple(integers, integerPictures, integerPictures)
    .map(([n, to, from]) => `$parseInteger($formatInteger(${n}, ${quoted(to)}), ${quoted(from)})`)
)

/** Expressions of at most `depth` nested templates. */
export const expressions: fc.Arbitrary<string> = fc.letrec<{ expression: string; part: string }>(tie => ({
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...names, ...names, 'a.b', 'b.a.c', '$', '$$', ...variables, 'a[0]', 'b[]'),
    literal,
    tie('expression').map(text => `(${text})`)
  ),
  expression: fc.oneof(
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...unaryFunctions), tie('part')).map(([f, x]) => `$${f}(${x})`) },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.constantFrom(...templates), tie('part'), tie('part'), tie('part'))
        .map(([template, ...parts]) => fill(template, parts))
    }
  )
})).expression
