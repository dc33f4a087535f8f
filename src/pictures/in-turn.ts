let last: Promise<unknown> = Promise.resolve()

/** Runs one conversion at a time in this process: each may need some hundred megabytes. */
export function inTurn<T>(convert: () => Promise<T>): Promise<T> {
  const mine = last.then(convert)
  last = mine.catch(() => undefined)
  return mine
}
