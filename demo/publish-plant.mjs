/** Kinds of fault, and what they make of a reading; `undefined`: no reading. */
const faults = {
  spike: value => value + 40,
  stuck: (_value, { last }) => last,
  drift: (value, { age }) => value + age * 0.8,
  'drop-out': () => undefined
}

/** mulberry32: the same plant each time. */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const machines = { pump: 50, fan: 30, press: 80 }

/**
 * Simulated machines: plant/<machine> with { ts, machine, value }, up to 5 s out of order, with faults by turns.
 * A message { machine, kind } on fault/plant makes one by hand.
 */
export function publishPlant({ publish, onMessage }) {
  const random = seeded(7)
  const active = {} // machine -> { kind, age, for }
  const late = new Set()
  let second = 0
  const begin = (machine, kind) => {
    active[machine] = { kind, age: 0, for: kind === 'spike' ? 1 : 20 }
  }
  onMessage('fault/plant', ({ machine, kind }) => {
    if (machines[machine] && faults[kind]) begin(machine, kind)
  })
  const lasts = {}
  const timer = setInterval(() => {
    second++
    for (const [machine, level] of Object.entries(machines)) {
      const usual = level + 3 * Math.sin(second / 20 + level) + (random() - 0.5) * 2
      if (!active[machine] && random() < 0.01) begin(machine, Object.keys(faults)[Math.floor(random() * 4)])
      const fault = active[machine]
      const value = fault ? faults[fault.kind](usual, { age: ++fault.age, last: lasts[machine] }) : usual
      if (fault && fault.age >= fault.for) delete active[machine]
      if (value === undefined) continue
      lasts[machine] = value
      const reading = { ts: Date.now(), machine, value: Math.round(value * 100) / 100 }
      const wait = setTimeout(
        () => {
          late.delete(wait)
          publish(`plant/${machine}`, reading)
        },
        random() < 0.2 ? random() * 5000 : 0
      )
      late.add(wait)
    }
  }, 1000)
  return () => {
    clearInterval(timer)
    late.forEach(clearTimeout)
  }
}
