/** Rows of a later round stand so much further on. A round has at most one row of each address. */
export const ROUND = 2 ** 32

/** The round that a place belongs to: 0 for nearly every row. */
export function roundOf(place: number): number {
  return Math.floor(place / ROUND)
}
