/** Each machine reads around `level`; `spread` is the size of its usual ups and downs, in its own unit. */
const machines = {
  pump: { level: 62, spread: 0.8 }, // bearing temperature, °C
  fan: { level: 4.5, spread: 0.15 }, // vibration, mm/s
  press: { level: 180, spread: 2 } // pressure, bar
}

/** Kinds of fault: how many seconds they last, and what they make of a reading; `undefined`: no reading. */
const faults = {
  spike: { seconds: 3, apply: (value, { spread }) => value + 12 * spread },
  stuck: { seconds: 25, apply: (_value, { last }) => last },
  drift: { seconds: 25, apply: (value, { spread, age }) => value + 0.7 * spread * age },
  'drop-out': { seconds: 20, apply: (_value, { age }) => (age === 1 ? errorCode : undefined) }
}
const byTurns = ['spike', 'drop-out', 'drift', 'stuck']
const errorCode = -999

/** mulberry32: the same plant each time. */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const rounded = value => Math.round(value * 100) / 100

/**
 * Simulated machines: plant/<machine> with { ts, value } every second, one in five up to 5 s late. Every 40 s the next
 * fault; a message { machine, kind } on fault/plant makes one by hand.
 */
export function publishPlant({ publish, onMessage }) {
  const random = seeded(7)
  const active = {} // machine -> { kind, age }
  const lasts = {}
  const underWay = new Set()
  let second = 0
  let turn = 0

  function begin(machine, kind) {
    if (Object.hasOwn(machines, machine) && Object.hasOwn(faults, kind)) active[machine] = { kind, age: 0 }
  }

  function read(machine, { level, spread }) {
    const usual = level + spread * (Math.sin(second / 20 + level) / 2 + random() - 0.5)
    const fault = active[machine]
    if (!fault) return (lasts[machine] = rounded(usual))
    const { seconds, apply } = faults[fault.kind]
    const value = apply(usual, { spread, age: ++fault.age, last: lasts[machine] })
    if (fault.age >= seconds) delete active[machine]
    return value === undefined ? undefined : rounded(value)
  }

  function send(topic, reading) {
    const delay = random() < 0.2 ? random() * 5000 : 0
    const timer = setTimeout(() => {
      underWay.delete(timer)
      publish(topic, reading)
    }, delay)
    underWay.add(timer)
  }

  onMessage('fault/plant', ({ machine, kind }) => begin(machine, kind))
  const timer = setInterval(() => {
    if (++second % 40 === 0) {
      begin(Object.keys(machines)[turn % 3], byTurns[turn % 4])
      turn++
    }
    for (const [machine, usual] of Object.entries(machines)) {
      const value = read(machine, usual)
      if (value !== undefined) send(`plant/${machine}`, { ts: Date.now(), value })
    }
  }, 1000)
  return () => {
    clearInterval(timer)
    underWay.forEach(clearTimeout)
  }
}
