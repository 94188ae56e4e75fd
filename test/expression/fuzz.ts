import fc from 'fast-check'
import { compare, type Verdict } from './differential'
import { documents, expressions } from './grammar'

/** Compares compiled expressions with the evaluator, on so many pairs, and counts. `npm run fuzz:expression -- <pairs>` */
async function main(pairs: number, seed: number): Promise<void> {
  const counts = new Map<Verdict, number>()
  const different: string[] = []
  let compared = 0
  const property = fc.asyncProperty(expressions, documents, async (text, document) => {
    const verdict = await compare(text, document)
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

void main(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 1))
