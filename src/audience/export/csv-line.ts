import { guarded } from './formula-guard.js'

/** One line of CSV (RFC 4180), in which no spreadsheet finds a formula. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: string): string {
  const safe = guarded(cell)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
