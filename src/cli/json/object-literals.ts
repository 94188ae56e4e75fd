import type { Shape } from './layout'

/** Gives the values of an object's members, in their order. */
export interface Members {
  member(shape: Shape, index: number): unknown
}

type Literal = (from: Members, shape: Shape, keys: string[]) => Record<string, unknown>

/**
 * Object literals of 0, 1, 2, … members. Each place in them meets one key only as long as the lines are alike, which
 * V8 turns into a plain store; a loop over the keys costs a look-up each. The members are read in their order.
 */
export const objectLiterals: readonly Literal[] = [
  () => ({}),
  (from, shape, keys) => ({ [keys[0]]: from.member(shape, 0) }),
  (from, shape, keys) => ({ [keys[0]]: from.member(shape, 0), [keys[1]]: from.member(shape, 1) }),
  (from, shape, keys) => ({
    [keys[0]]: from.member(shape, 0),
    [keys[1]]: from.member(shape, 1),
    [keys[2]]: from.member(shape, 2)
  }),
  (from, shape, keys) => ({
    [keys[0]]: from.member(shape, 0),
    [keys[1]]: from.member(shape, 1),
    [keys[2]]: from.member(shape, 2),
    [keys[3]]: from.member(shape, 3)
  }),
  (from, shape, keys) => ({
    [keys[0]]: from.member(shape, 0),
    [keys[1]]: from.member(shape, 1),
    [keys[2]]: from.member(shape, 2),
    [keys[3]]: from.member(shape, 3),
    [keys[4]]: from.member(shape, 4)
  }),
  (from, shape, keys) => ({
    [keys[0]]: from.member(shape, 0),
    [keys[1]]: from.member(shape, 1),
    [keys[2]]: from.member(shape, 2),
    [keys[3]]: from.member(shape, 3),
    [keys[4]]: from.member(shape, 4),
    [keys[5]]: from.member(shape, 5)
  })
]
