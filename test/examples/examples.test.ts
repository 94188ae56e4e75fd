import assert from 'node:assert/strict'
import { createOperator } from '#engine/index'
import { exampleFiles, type ExampleNode, readExample } from './example-files'

const isStream = ({ type }: ExampleNode): boolean => type.startsWith('stream-') && type !== 'stream-settings'
const slugOf = ({ type }: ExampleNode): string => type.slice('stream-'.length)

for (const file of exampleFiles) {
  describe(`examples/${file}`, () => {
    const nodes = readExample(file)
    const ids = new Set(nodes.map(({ id }) => id))

    it('is named by number, as the import menu lists it', () => assert.match(file, /^\d\d-[a-z-]+\.json$/))

    it('has ids that nothing else in it is called by', () => {
      assert.equal(ids.size, nodes.length)
      const words = new Set(nodes.flatMap(node => [node.type, ...Object.keys(node)]))
      assert.deepEqual(
        [...ids].filter(id => words.has(id)),
        []
      )
    })
    it('wires nodes that exist, on one tab', () => {
      for (const { id, z, wires = [] } of nodes) {
        for (const to of wires.flat()) assert.equal(nodes.find(node => node.id === to)?.z, z, `${id} -> ${to}`)
      }
    })
    it('names config nodes that exist', () => {
      for (const node of nodes) {
        for (const field of ['settings', 'broker', 'group', 'page', 'ui', 'theme']) {
          const to = node[field]
          if (typeof to === 'string' && to !== '' && node.type !== 'mqtt-broker')
            assert.ok(ids.has(to), `${node.id}.${field} -> ${to}`)
        }
      }
    })
    it('has settings that the engine takes', () => {
      const stream = nodes.filter(isStream)
      assert.notEqual(stream.length, 0)
      for (const node of stream) assert.doesNotThrow(() => createOperator(slugOf(node), node), node.id)
    })
    it('says in a comment what there is to see', () => assert.ok(nodes.some(({ type }) => type === 'comment')))
    it('knows no path of a machine', () => assert.doesNotMatch(JSON.stringify(nodes), /\/(home|root|work|Users|tmp)\//))
  })
}
