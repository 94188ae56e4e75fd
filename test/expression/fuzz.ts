import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { compare, type Verdict } from './differential'
import { documents, expressions, pictures } from './grammar'

/**
 * Compares compiled expressions with the evaluator, on so many pairs, and counts:
 * `npm run fuzz:expression -- <pairs> <seed> <evaluator, such as node-red-4/node_modules/jsonata>`.
 */
async function main(pairs: number, seed: number, evaluator: string): Promise<void> {
  const jsonata = createRequire(resolve('package.json'))(evaluator) as typeof import('jsonata')
  const counts = new Map<Verdict, number>()
  const different: string[] = []
  let compared = 0
  const texts = fc.oneof({ weight: 9, arbitrary: expressions }, { weight: 1, arbitrary: pictures })
  const property = fc.asyncProperty(texts, documents, async (text, document) => {
    const verdict = await compare(text, document, jsonata)
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
    if (verdict === 'different') different.push(`${text}   on   ${JSON.stringify(document)}`)
    if (verdict === 'same') compared++
  })
  const batch = 5000
  for (let round = 0; compared < pairs; round++) {
    await fc.assert(property, { numRuns: batch, seed: seed + round, endOnFailure: true })
    console.error(`${compared} pairs the same, ${different.length} different`)
    if (different.length > 20) break
  }
  console.log(Object.fromEntries(counts))
  for (const text of different.sort((a, b) => a.length - b.length).slice(0, 20)) console.log(text)
  process.exitCode = different.length === 0 ? 0 : 1
}

void main(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 1), process.argv[4] ?? 'jsonata')
