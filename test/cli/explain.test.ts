import assert from 'node:assert/strict'
import { command, scratch } from './command'

describe('stream-analytics explain', () => {
  const files = scratch()

  const explain = (flow: unknown): ReturnType<typeof command> => {
    files.write('flow.json', JSON.stringify(flow))
    return command(files.path, ['explain', 'flow.json'])
  }

  it('says for each expression whether it is compiled, else why not', () => {
    const { status, stdout } = explain([
      { id: 's', type: 'stream-settings', time: 'payload.ts * 1000', timeType: 'jsonata' },
      { id: 'm', name: 'fahrenheit', type: 'stream-map', settings: 's', expression: 'payload.temp * 1.8\n + 32' },
      { id: 'f', type: 'stream-filter', condition: '$eval(topic)', key: '$uppercase(topic)', keyType: 'jsonata' },
      { id: 'j', type: 'stream-filter', condition: 'payload > 1', conditionType: 'js' },
      { id: 'n', type: 'function' }
    ])
    assert.equal(status, 0)
    assert.deepEqual(stdout.trimEnd().split('\n'), [
      'fahrenheit\ttime\tcompiled\tpayload.ts * 1000',
      'fahrenheit\texpression\tcompiled\tpayload.temp * 1.8 + 32',
      'f\tkey\tcompiled\t$uppercase(topic)',
      'f\tcondition\tevaluated\t$eval(topic)\t$eval is left to the evaluator',
      'j\tcondition\tcompiled\tpayload > 1'
    ])
  })

  it('exits with 2 for a flow that is wrong, naming node and field, and with 1 for a file that is not there', () => {
    const { status, stderr } = explain([{ id: 'm', type: 'stream-map', expression: '1 +' }])
    assert.equal(status, 2)
    assert.match(stderr, /^m: expression must be a JSONata expression: .*, got "1 \+"/)
    assert.equal(explain({}).status, 2)
    assert.equal(command(files.path, ['explain', 'none.json']).status, 1)
  })
})
