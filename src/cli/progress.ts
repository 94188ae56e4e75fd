import { isatty } from 'node:tty'
import { systemClock } from '../time/clock'
import type { ByteSource } from './files/byte-source'

const interval = 500

const eraseLine = '\r\x1b[K'

/** How far the run is, on stderr where that is a terminal on which no rows are written. */
export class Progress {
  private readonly isWanted: boolean
  private isShown = false
  private readonly start = systemClock.now()
  private shown = this.start

  constructor(
    private readonly sources: readonly ByteSource[],
    { rowsOnStdout }: { rowsOnStdout: boolean }
  ) {
    this.isWanted = isatty(2) && !(rowsOnStdout && isatty(1))
  }

  /** Shows that `rows` have been read, if it has not shown anything lately. */
  update(rows: number): void {
    if (!this.isWanted) return
    const now = systemClock.now()
    if (now - this.shown < interval) return
    this.shown = now
    this.isShown = true
    process.stderr.write(eraseLine + this.text(rows, now))
  }

  /** Makes room for something else on the terminal. */
  hide(): void {
    if (this.isShown) process.stderr.write(eraseLine)
    this.isShown = false
  }

  /** Leaves the last state on a line of its own. */
  end(rows: number): void {
    this.hide()
    if (this.isWanted) process.stderr.write(`${this.text(rows, systemClock.now())}\n`)
  }

  private text(rows: number, now: number): string {
    const seconds = Math.max(now - this.start, 1) / 1000
    const speed = `${count(rows)} rows, ${count(rows / seconds)} rows/s`
    const sizes = this.sources.map(({ size }) => size)
    if (sizes.some(size => size === undefined)) return speed
    const all = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
    const taken = this.sources.reduce((sum, source) => sum + source.taken(), 0)
    return all > 0 ? `${speed}, ${Math.floor((100 * taken) / all)} % of the bytes` : speed
  }
}

const count = (number: number): string => Math.round(number).toLocaleString('en-US')
