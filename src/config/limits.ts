/** The bounds of a node where nobody has set others: keys, and held values or rows. */
export const usualMaxKeys = 100_000
export const usualMaxHeld = 1_000_000
