/** A repeatable stream of random numbers (mulberry32): the same seed gives the same round again. */
export type Random = {
  /** From 0 up to 1. */
  next(): number
  /** A whole number below `end`. */
  below(end: number): number
  pick<T>(from: readonly [T, ...T[]]): T
}

/** Starts the stream of a seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return { next, below, pick: (from) => from[below(from.length)] ?? from[0] }
}
