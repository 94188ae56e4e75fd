import fc from 'fast-check'
import { compare } from './differential'
import { documents, expressions, pictures } from './grammar'

describe('an expression made at random', () => {
  it('comes to the same compiled as evaluated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 9, arbitrary: expressions }, { weight: 1, arbitrary: pictures }),
        documents,
        async (text, document) => (await compare(text, document)) !== 'different'
      ),
      { numRuns: 500, seed: 20 }
    )
  }).timeout(60_000)
})
