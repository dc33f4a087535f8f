/**
 * Finds the next match, whatever its case, at or after a place, remembering the last answer: asked from places that only move forward, all
 * questions together read the source once. Infinity when there is none.
 */
export function createNextIndex(source: string, pattern: RegExp): (from: number) => number {
  const search = new RegExp(pattern.source, 'gi')
  let askedFrom = 0
  let found = -1
  return (from) => {
    if (found < from || askedFrom > from) {
      search.lastIndex = from
      askedFrom = from
      found = search.exec(source)?.index ?? Infinity
    }
    return found
  }
}
