/** Some records, told apart by sums that hardly any others have. */
export interface Tally {
  count: number
  /** Of the numbers of the records. */
  sum: number
  /** Of their squares, modulo a prime. */
  squares: number
}

/** What became of the records of one node. */
export interface Account {
  /** `done` was called without an error: so many times, for these records. */
  calls: number
  done: Tally
  /** `done` was called with an error. */
  refused: Tally
  /** What its two outputs sent stands for these. */
  sent: [Tally, Tally]
  /** Statistics: how many records the newest result of each key is of. */
  newest: Record<string, number>
  /** And how many the last ones before each flush were of. */
  ended: number
}
export type Books = Record<string, Account>

/** From the test: send so many records a second, from number `first` on; none: stop. */
export interface Load {
  at: string
  perSecond: number
  first?: number
}

/** To the test, some times a second; `next`: the number of the next record. */
export interface Report {
  books: Books
  at: number
  next: number
}
