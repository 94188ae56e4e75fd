import { createServer } from 'node:net'
import { Aedes } from 'aedes'

/** An MQTT broker on 127.0.0.1. Resolves to `{ publish(topic, value), onMessage(topic, take), close() }`. */
export async function startBroker(port) {
  const broker = await Aedes.createBroker()
  const server = createServer(broker.handle)
  await new Promise((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done))
  return {
    publish: (topic, value) =>
      broker.publish(
        { topic, payload: Buffer.from(JSON.stringify(value)), qos: 0, retain: false, cmd: 'publish', dup: false },
        () => undefined
      ),
    onMessage: (topic, take) =>
      broker.subscribe(
        topic,
        (packet, done) => {
          take(JSON.parse(packet.payload.toString()))
          done()
        },
        () => undefined
      ),
    close: () => {
      broker.close()
      server.close()
    }
  }
}
