/** One record of a file: the line it begins on, counted from 1, its cells as they stand, and what is wrong with its form. */
export type CsvRecord = {
  line: number
  cells: string[]
  problem?: 'blank' | 'quote' | 'long'
}

export type CsvParser = {
  /** The records that are complete with this piece. */
  write(text: string): CsvRecord[]
  /** The records that were still open; blank lines at the end of a file are none. */
  end(): CsvRecord[]
}

/** Characters of one record; a longer one is no row of people. */
const LONGEST = 65_536
const SHOWN_OF_LONGEST = 1000

type Dialect = { delimiter: string; newline?: '\n' | '\r'; quote?: '"' | "'" }
/** Where the next record begins; null: the text ends before the record does. */
type Read = { record: CsvRecord; next: number; lines: number } | null

/**
 * Reads comma-separated values (RFC 4180) piece by piece, with any delimiter, quotation mark and line end. A quotation mark within an unquoted cell is a
 * character like others, and spaces before one are none. A record whose quotation marks do not fit together is `quote` and ends with its line, so that one stray mark
 * costs one row and not all that follow.
 */
export function csvParser({ delimiter, newline = '\n', quote = '"' }: Dialect): CsvParser {
  let rest = ''
  let line = 1
  let blanks = 0
  let isSkipping = false

  const take = (records: CsvRecord[], found: Read & object) => {
    const { record } = found
    if (record.cells.length === 1 && record.cells[0]?.trim() === '' && !record.problem) blanks++
    else {
      for (; blanks > 0; blanks--) records.push({ line: record.line - blanks, cells: [''], problem: 'blank' })
      records.push(record)
    }
    line += found.lines
  }

  const parse = (text: string, isLast: boolean): CsvRecord[] => {
    const records: CsvRecord[] = []
    const reader = recordReader(text, { delimiter, newline, quote, isLast })
    let at = 0
    while (at < text.length) {
      if (isSkipping) {
        const end = text.indexOf(newline, at)
        if (end === -1) break
        isSkipping = false
        at = end + 1
        line++
        continue
      }
      const found = reader(at, line)
      if (!found) break
      take(records, found)
      at = found.next
    }
    rest = isSkipping ? '' : text.slice(at)
    if (rest.length > LONGEST && !rest.includes(newline)) {
      take(records, { record: longRecord(rest, line, delimiter), next: 0, lines: 0 })
      isSkipping = true
      rest = ''
    }
    return records
  }

  return {
    write: (text) => parse(rest + text, false),
    end: () => parse(rest, true),
  }
}

function longRecord(text: string, line: number, delimiter: string): CsvRecord {
  return { line, cells: text.slice(0, SHOWN_OF_LONGEST).split(delimiter), problem: 'long' }
}

type Place = Required<Dialect> & { isLast: boolean }

function recordReader(text: string, place: Place): (at: number, line: number) => Read {
  let mark = text.indexOf(place.quote)
  return (at, line) => {
    if (mark !== -1 && mark < at) mark = text.indexOf(place.quote, at)
    const end = text.indexOf(place.newline, at)
    if (mark !== -1 && (end === -1 || mark < end)) return quotedRecord(text, at, { ...place, line, end })
    if (end === -1 && !place.isLast) return null
    return plainRecord(text, at, { ...place, line, end })
  }
}

type Start = Place & { line: number /** Of its first line; -1: there is none. */; end: number }

function plainRecord(text: string, at: number, { delimiter, newline, line, end }: Start): Read {
  const stop = end === -1 ? text.length : end
  const isCrLf = newline === '\n' && stop > at && text.charCodeAt(stop - 1) === 13
  const last = isCrLf ? stop - 1 : stop
  if (last - at > LONGEST) {
    return { record: longRecord(text.slice(at, last), line, delimiter), next: stop + 1, lines: 1 }
  }
  return { record: { line, cells: text.slice(at, last).split(delimiter) }, next: stop + 1, lines: 1 }
}

function quotedRecord(text: string, at: number, start: Start): Read {
  const { delimiter, newline, isLast, line } = start
  const cells: string[] = []
  let from = at
  for (;;) {
    const spaced = quoteAfterSpaces(text, from, start)
    if (spaced === -1) {
      const end = endOfPlain(text, from, start)
      if (end === -1 && !isLast) return null
      const stop = end === -1 ? text.length : end
      const isEnd = text[stop] !== delimiter || stop === text.length
      const isCrLf = isEnd && newline === '\n' && stop > from && text[stop - 1] === '\r'
      cells.push(text.slice(from, isCrLf ? stop - 1 : stop))
      from = stop + 1
      if (isEnd) break
      continue
    }
    const cell = quotedCell(text, spaced, start)
    if (cell === 'open' && !isLast && text.length - at <= LONGEST) return null
    if (cell === 'open' || cell === 'torn' || cell.next - at > LONGEST) return tornRecord(text, at, start)
    cells.push(cell.value)
    from = cell.next + 1
    if (text[cell.next] === delimiter) continue
    if (text[cell.next] === '\r' && newline === '\n') from++
    break
  }
  return { record: { line, cells }, next: from, lines: linesIn(text, at, { to: from, newline }) }
}

// Spaces before a quotation mark belong to no cell, if the cell ends as a quoted one does on this line.
function quoteAfterSpaces(text: string, from: number, start: Start): number {
  if (text[from] === start.quote) return from
  if (text[from] !== ' ') return -1
  let at = from
  while (text[at] === ' ') at++
  if (text[at] !== start.quote) return -1
  const cell = quotedCell(text, at, { ...start, isLast: true })
  const isWithin = typeof cell === 'object' && (start.end === -1 || cell.next <= start.end)
  return isWithin ? at : -1
}

function quotedCell(text: string, at: number, { delimiter, newline, quote, isLast }: Start) {
  let value = ''
  for (let from = at + 1; ; ) {
    const mark = text.indexOf(quote, from)
    if (mark === -1) return 'open'
    if (text[mark + 1] === quote) {
      value += text.slice(from, mark + 1)
      from = mark + 2
      continue
    }
    const next = mark + 1
    value += text.slice(from, mark)
    if (next === text.length) return isLast ? { value, next } : 'open'
    if (text[next] === delimiter || text[next] === newline) return { value, next }
    if (newline !== '\n' || text[next] !== '\r') return 'torn'
    if (next + 1 === text.length) return isLast ? { value, next } : 'open'
    return text[next + 1] === '\n' ? { value, next } : 'torn'
  }
}

function endOfPlain(text: string, from: number, { delimiter, newline }: Start): number {
  const end = text.indexOf(newline, from)
  // Looking for a delimiter beyond the line would read the rest of the text for every last cell.
  const line = end === -1 ? text.slice(from) : text.slice(from, end)
  const cut = line.indexOf(delimiter)
  return cut === -1 ? end : from + cut
}

// An end that has not come yet is known to come before the longest record ends.
function tornRecord(text: string, at: number, start: Start): Read {
  if (start.end === -1 && !start.isLast) return null
  const read = plainRecord(text, at, start)
  return read && { ...read, record: { ...read.record, problem: 'quote' } }
}

function linesIn(text: string, from: number, { to, newline }: { to: number; newline: string }): number {
  let lines = 0
  for (let at = text.indexOf(newline, from); at !== -1 && at < to; at = text.indexOf(newline, at + 1)) lines++
  return Math.max(lines, 1)
}
