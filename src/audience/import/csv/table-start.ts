import { parseAddress } from '../../address.js'
import { namesAddress } from '../columns/recognise-columns.js'

const LOOKED_AT_LINES = 20

/** Where the header stands that names a column of addresses, in characters from the start; 0 when people come before it, or it never does. */
export function tableStart(start: string, newline: string): number {
  const lines = start.split(newline, LOOKED_AT_LINES)
  let at = 0
  for (const line of lines) {
    const cells = line.split(/[,;\t|:^~\u001f]/).map((cell) => cell.trim().replace(/^["']|["']$/g, ''))
    if (cells.some((cell) => 'email' in parseAddress(cell))) return 0
    if (cells.some(namesAddress)) return at
    at += line.length + 1
  }
  return 0
}
