import type { ImportEntry, Report } from './imported-template.js'

const LONGEST_TAG = 80

/** A report about one source: places are looked up, not counted anew, so that many entries cost little. */
export function createReport(source: string): { report: Report; entries: ImportEntry[] } {
  const starts = lineStarts(source)
  const entries: ImportEntry[] = []
  const report: Report = (severity, at, tag, message) => {
    const line = lineOf(starts, at)
    const column = at - (starts[line - 1] ?? 0) + 1
    entries.push({ severity, line, column, tag: shorten(tag), message })
  }
  return { report, entries }
}

function lineStarts(source: string): number[] {
  const starts = [0]
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lineOf(starts: readonly number[], at: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return Math.max(1, low)
}

function shorten(tag: string): string {
  const words = tag.slice(0, LONGEST_TAG * 2).replace(/\s+/g, ' ')
  return words.length > LONGEST_TAG ? `${words.slice(0, LONGEST_TAG - 1)}…` : words
}
