import type { FoundFile } from '../../../../db/tables/import.js'
import { csvParser } from './csv-parser.js'

const USUAL = [',', ';', '\t', '|']
/** These stand in times and words, too. */
const RARE = [':', '^', '~', '\u001f']
/** How many of a hundred rows must have as many cells as the first. */
const ENOUGH_SAME = 50
const LOOKED_AT_ROWS = 50

export type Dialect = Pick<FoundFile, 'delimiter' | 'newline' | 'quote'>

/** What ends the lines of a text, from its beginning. */
export function findNewline(start: string): '\n' | '\r' {
  return !start.includes('\n') && start.includes('\r') ? '\r' : '\n'
}

/** The separator that a spreadsheet names in a first line of its own. */
export function saidDelimiter(start: string): string | undefined {
  return /^sep=(.)\r?(?:[\r\n]|$)/i.exec(start)?.[1]
}

/**
 * What separates the cells and the lines of a table, from its beginning: the separator that gives the most rows as many cells as the first,
 * rare ones only where no usual one does.
 */
export function findDialect(start: string): Dialect {
  const newline = findNewline(start)
  const quote = isSingleQuoted(start, newline) ? { quote: "'" as const } : {}
  const said = saidDelimiter(start)
  if (said) return { delimiter: said, newline, ...quote }
  const best = (delimiters: readonly string[], least: number) =>
    delimiters
      .map((delimiter) => ({ delimiter, ...scoreOf(start, { delimiter, newline, ...quote }) }))
      .filter(({ same }) => same > least)
      .sort((one, other) => other.same + other.width - (one.same + one.width))[0]?.delimiter
  return { delimiter: best(USUAL, ENOUGH_SAME) ?? best(RARE, 0) ?? best(USUAL, 0) ?? ',', newline, ...quote }
}

function scoreOf(start: string, dialect: Dialect): { same: number; width: number } {
  const parser = csvParser(dialect)
  const rows = parser.write(start)
  // What was cut off in the middle says nothing, unless there is nothing else.
  if (rows.length === 0) rows.push(...parser.end())
  const whole = rows.filter(({ problem }) => !problem).slice(0, LOOKED_AT_ROWS)
  const width = whole[0]?.cells.length ?? 1
  if (width < 2) return { same: 0, width }
  const same = whole.filter(({ cells }) => cells.length === width).length
  return { same: (same / whole.length) * 100, width: Math.min(width, 50) }
}

// Each line but a header, which may stand without.
function isSingleQuoted(start: string, newline: string): boolean {
  const lines = start
    .split(newline)
    .slice(0, LOOKED_AT_ROWS + 1)
    .map((line) => line.trim())
    .filter(Boolean)
  const rows = lines.length > 1 ? lines.slice(1, LOOKED_AT_ROWS) : lines
  return rows.length > 0 && rows.every((line) => /^'.*'$/.test(line))
}
