import { csvParser } from './csv-parser.js'

const DELIMITERS = [',', ';', '\t', '|', ':', '^', '~', '\u001f']
const LOOKED_AT_ROWS = 50

export type Dialect = { delimiter: string; newline: '\n' | '\r' }

/** What separates the cells and the lines of a text, from its beginning: the separator that gives the most rows as many cells as the first. */
export function findDialect(start: string): Dialect {
  const newline = !start.includes('\n') && start.includes('\r') ? '\r' : '\n'
  // A spreadsheet says so itself.
  const said = /^sep=(.)\r?[\r\n]/i.exec(start)?.[1]
  if (said) return { delimiter: said, newline }
  const scored = DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(start, { delimiter, newline }) }))
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one))
  return { delimiter: best.score > 0 ? best.delimiter : ',', newline }
}

function scoreOf(start: string, dialect: Dialect): number {
  const parser = csvParser(dialect)
  const rows = parser.write(start)
  // What was cut off in the middle says nothing, unless there is nothing else.
  if (rows.length === 0) rows.push(...parser.end())
  const whole = rows.filter(({ problem }) => !problem).slice(0, LOOKED_AT_ROWS)
  const width = whole[0]?.cells.length ?? 1
  if (width < 2) return 0
  const same = whole.filter(({ cells }) => cells.length === width).length
  return (same / whole.length) * 100 + Math.min(width, 50)
}
