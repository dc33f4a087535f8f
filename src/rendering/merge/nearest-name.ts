const MOST_LETTERS = 80

/** The known name that somebody most likely meant, or null when none is near. */
export function nearestName(written: string, known: readonly string[]): string | null {
  const wanted = written.toLowerCase().slice(0, MOST_LETTERS)
  const keyOf = (name: string) => name.slice(name.indexOf('.') + 1)
  const sameKey = known.find((name) => keyOf(name).toLowerCase() === keyOf(wanted))
  if (sameKey) return sameKey
  const scored = known
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const best = scored[0]
  return best && best.distance <= Math.max(2, Math.floor(keyOf(best.name).length / 3)) ? best.name : null
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
