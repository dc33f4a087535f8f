import { parseAddress } from '../../address.js'
import { namesAddress } from '../columns/recognise-columns.js'

const LOOKED_AT_LINES = 20
/** The rare ones stand in titles, too. */
const USUAL = /[,;\t|]/
const RARE = /[:^~\u001f]/

/** Where the header stands that names a column of addresses, in characters from the start; 0 when people come before it, or it never does. */
export function tableStart(start: string, newline: string): number {
  const lines = start.split(newline, LOOKED_AT_LINES)
  return headerAt(lines, USUAL) ?? headerAt(lines, RARE) ?? 0
}

/** Null: neither a header nor people stand in these lines. */
function headerAt(lines: readonly string[], delimiters: RegExp): number | null {
  let at = 0
  for (const line of lines) {
    const cells = line.split(delimiters).map((cell) => cell.trim().replace(/^["']|["']$/g, ''))
    if (cells.some((cell) => 'email' in parseAddress(cell))) return 0
    if (cells.some(namesAddress)) return at
    at += line.length + 1
  }
  return null
}
