import { createServer } from 'node:net'
import { Aedes } from 'aedes'
import { listen } from './listen.mjs'

/**
 * An MQTT broker on 127.0.0.1.
 * Resolves to `{ publish(topic, value), onMessage(topic, take), onFirstSubscription(start), close() }`; values are JSON.
 */
export async function startBroker(port) {
  const broker = await Aedes.createBroker()
  const server = createServer(broker.handle)
  await listen(server, port, 'MQTT_PORT')
  return {
    publish: (topic, value) =>
      broker.publish(
        { cmd: 'publish', topic, payload: JSON.stringify(value), qos: 0, retain: false, dup: false },
        ignore
      ),
    onMessage: (topic, take) =>
      broker.subscribe(
        topic,
        ({ payload }, done) => {
          take(JSON.parse(payload.toString()))
          done()
        },
        ignore
      ),
    onFirstSubscription: start => broker.once('subscribe', start),
    close: () => new Promise(done => broker.close(() => server.close(done)))
  }
}

const ignore = () => undefined
