import type { ReadRow } from './row-reader.js'

/** Columns of `import_row` in the order of `copyLine`. */
export const STAGING_COPY = `copy import_row (import_id, place, file_no, line, email, email_key, fields, language, rank, reason,
  agreed_at, confirmed_at, left_at, address_hashes, refusal, cells, fresh_id) from stdin`

/** A row on its way into `import_row`: what it says of a person, or why it is refused. */
export type StagedRow = {
  importId: string
  place: number
  fileNo: number
  line: number
  cells: readonly string[]
  read: ReadRow | { refusal: string }
  /** The id that they get when they are new. */
  freshId: string
  hashes: readonly Buffer[]
}

/** One line of COPY's text format. */
export function copyLine({ importId, place, fileNo, line, cells, read, freshId, hashes }: StagedRow): string {
  const own = escaped(JSON.stringify(cells))
  const start = `${importId}\t${place}\t${fileNo}\t${line}\t`
  if ('refusal' in read) return `${start}${NO_PERSON}${escaped(read.refusal)}\t${own}\t${freshId}\n`
  const { address, fields, language, rank, reason } = read
  const shared = `${escaped(address.email)}\t${escaped(address.key)}\t${fieldsOf(fields)}\t${language ?? NULL}\t${rank}\t${reason ?? NULL}`
  const times = `${timeOf(read.agreedAt)}\t${timeOf(read.confirmedAt)}\t${timeOf(read.leftAt)}`
  return `${start}${shared}\t${times}\t${hashesOf(hashes)}\t${NULL}\t${own}\t${freshId}\n`
}

const NULL = '\\N'
const NO_PERSON = `${NULL}\t${NULL}\t${NULL}\t${NULL}\t0\t${NULL}\t${NULL}\t${NULL}\t${NULL}\t${NULL}\t`

function fieldsOf(fields: Readonly<Record<string, string>>): string {
  const text = JSON.stringify(fields)
  return text === '{}' ? NULL : escaped(text)
}

function timeOf(moment: Date | null): string {
  return moment ? moment.toISOString() : NULL
}

function hashesOf(hashes: readonly Buffer[]): string {
  if (hashes.length === 0) return NULL
  return `{${hashes.map((hash) => `"\\\\\\\\x${hash.toString('hex')}"`).join(',')}}`
}

// A zero byte has no place in PostgreSQL's text.
function escaped(text: string): string {
  if (!/[\\\t\n\r\0]/.test(text)) return text
  return text.replace(/[\\\t\n\r\0]/g, (mark) => ESCAPES[mark] ?? '\ufffd')
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
