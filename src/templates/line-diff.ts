/** A run of lines that both texts have, that only the earlier one has, or only the later one. */
export type DiffRun = { kind: 'same' | 'removed' | 'added'; lines: string[] }

// Beyond this the table of common lines would take long; what differs is then shown as a whole.
const MOST_CELLS = 4_000_000

/** What changed from one text to another, line by line, as few changes as there can be. */
export function lineDiff(earlier: string, later: string): DiffRun[] {
  const [one, other] = [earlier.split('\n'), later.split('\n')]
  const start = commonStart(one, other)
  const end = commonStart(one.slice(start).toReversed(), other.slice(start).toReversed())
  const middle = differing(one.slice(start, one.length - end), other.slice(start, other.length - end))
  const runs: DiffRun[] = []
  for (const [kind, line] of [
    ...one.slice(0, start).map(same),
    ...middle,
    ...one.slice(one.length - end).map(same),
  ]) {
    const last = runs.at(-1)
    if (last?.kind === kind) last.lines.push(line)
    else runs.push({ kind, lines: [line] })
  }
  return runs
}

type Line = [kind: DiffRun['kind'], line: string]
const same = (line: string): Line => ['same', line]

function commonStart(one: readonly string[], other: readonly string[]): number {
  let at = 0
  while (at < one.length && at < other.length && one[at] === other[at]) at++
  return at
}

/** By the longest common subsequence of lines. */
function differing(one: readonly string[], other: readonly string[]): Line[] {
  const all = (kind: DiffRun['kind'], lines: readonly string[]): Line[] => lines.map((line) => [kind, line])
  const width = other.length + 1
  if (one.length === 0 || other.length === 0 || one.length * other.length > MOST_CELLS)
    return [...all('removed', one), ...all('added', other)]
  const common = new Uint32Array((one.length + 1) * width)
  const at = (row: number, column: number) => common[row * width + column] ?? 0
  for (let row = one.length - 1; row >= 0; row--)
    for (let column = other.length - 1; column >= 0; column--)
      common[row * width + column] =
        one[row] === other[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
  const found: Line[] = []
  let [row, column] = [0, 0]
  while (row < one.length || column < other.length) {
    const [mine, theirs] = [one[row] ?? '', other[column] ?? '']
    const isBoth = row < one.length && column < other.length
    if (isBoth && mine === theirs) {
      found.push(same(mine))
      row++
      column++
    } else if (column >= other.length || (isBoth && at(row + 1, column) >= at(row, column + 1))) {
      found.push(['removed', mine])
      row++
    } else {
      found.push(['added', theirs])
      column++
    }
  }
  return found
}
