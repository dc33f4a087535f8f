import type { Field } from '../../../db/tables/field.js'
import { type Address, parseAddress } from '../address.js'
import { unguarded } from '../export/formula-guard.js'
import { parseFieldValue } from '../field-value.js'
import { readLanguage } from './columns/read-language.js'
import { readMoment } from './columns/read-moment.js'
import { isYes, readBlocklisted, readOptIn, readStatus } from './columns/read-standing.js'
import { LEFT, type Standing } from './columns/recognise-service.js'
import type { Target } from './columns/target.js'
import type { CsvRecord } from './csv/csv-parser.js'

/** What a row says of a person. */
export type ReadRow = Standing & {
  address: Address
  fields: Record<string, string>
  language: string | null
  agreedAt: Date | null
  confirmedAt: Date | null
  leftAt: Date | null
}

export type RowReader = (record: CsvRecord) => ReadRow | { refusal: string }

type Columns = {
  targets: readonly Target[]
  fields: ReadonlyMap<string, Field>
  /** What the file says of everybody in it. */
  standing: Standing | 'unknown'
  now: Date
}

const FORM_PROBLEMS = {
  blank: 'This line is empty.',
  quote: 'The quotation marks of this line do not fit together.',
  long: 'This line is too long to be a row of people.',
}

/** Makes the reader of a file's rows: a row says of a person what its columns hold, or is refused with a sentence. */
export function rowReader(columns: Columns): RowReader {
  const width = columns.targets.length
  const setters = columns.targets.map((target) => setterOf(target, columns))
  const needed = 1 + columns.targets.findLastIndex(isNeeded)
  const { standing } = columns
  return ({ cells, problem }) => {
    if (problem) return { refusal: FORM_PROBLEMS[problem] }
    if (cells.length !== width && (cells.length < needed || cells.slice(width).some((cell) => cell.trim())))
      return { refusal: `This row has ${countOf(cells.length)}, the header has ${width}.` }
    if (standing === 'unknown') return { refusal: 'This person was not subscribed there.' }
    const row: Draft = { ...standing, fields: {}, language: null, ...NO_TIMES }
    for (let at = 0; at < width; at++) {
      const cell = cells[at]
      if (cell === undefined) continue
      if (cell.includes('\ufffd')) return { refusal: 'Some letters of this row are damaged.' }
      const problem = setters[at]?.(row, cell)
      if (problem) return { refusal: problem }
    }
    if (row.leftAt) setStanding(row, LEFT)
    if (row.isConfirmed) row.confirmedAt ??= row.agreedAt
    return row.address ? (row as ReadRow) : { refusal: 'There is no e-mail address in this row.' }
  }
}

// Spreadsheets leave out empty cells at the end of a row. One that says how the person stands, or proves it, must not be missed.
function isNeeded(target: Target): boolean {
  return !['skip', 'name', 'language', 'attributes'].includes(target) && !target.startsWith('field:')
}

const NO_TIMES = { agreedAt: null, confirmedAt: null, leftAt: null }
type Draft = Omit<ReadRow, 'address'> & { address?: Address; isConfirmed?: boolean }
/** Keeps what a cell says; a sentence when it cannot. */
type Setter = (row: Draft, cell: string) => string | null

function setterOf(target: Target, { fields, targets, now }: Columns): Setter | null {
  switch (target) {
    case 'skip':
      return null
    case 'email':
      return setAddress
    case 'name':
      return targets.includes('field:LASTNAME')
        ? (row, cell) => setGivenName(row, cell, fields)
        : (row, cell) => setName(row, cell, fields)
    case 'language':
      return setLanguage
    case 'status':
    case 'standing':
      return (row, cell) => setStanding(row, readStatus(cell))
    case 'blocklisted':
      return (row, cell) => setStanding(row, readBlocklisted(cell))
    case 'opt-in':
      return (row, cell) => setStanding(row, readOptIn(cell))
    case 'double-opt-in':
      return setConfirmed
    case 'agreed-at':
      return (row, cell) => setMoment(row, cell, { name: 'agreedAt', label: 'When they asked to join', now })
    case 'confirmed-at':
      return (row, cell) => setMoment(row, cell, { name: 'confirmedAt', label: 'When they confirmed', now })
    case 'left-at':
      return (row, cell) => setMoment(row, cell, { name: 'leftAt', label: 'When they left', now })
    case 'attributes':
      return (row, cell) => setAttributes(row, cell, fields)
    default: {
      const field = fields.get(target.slice('field:'.length))
      return field ? (row, cell) => setField(row, cell, field) : null
    }
  }
}

function setAddress(row: Draft, cell: string): string | null {
  const read = parseAddress(unguarded(cell).replace(/^mailto:/i, ''))
  if ('problem' in read) return cell.trim() === '' ? 'There is no e-mail address in this row.' : read.problem
  row.address = read
  return null
}

function setField(row: Draft, cell: string, field: Field): string | null {
  if (cell === '') return null
  const read = parseFieldValue(field, unguarded(cell))
  if ('problem' in read) return `${field.label}: ${read.problem}`
  if (read.value !== '') row.fields[field.key] = read.value
  return null
}

// A name in one cell: the last word is the family's, or what stands before a comma; of a single word nobody knows.
function setName(row: Draft, cell: string, fields: ReadonlyMap<string, Field>): string | null {
  const { given, family } = namesIn(unguarded(cell).trim())
  const of = fields.get('LASTNAME')
  const problem = setGivenName(row, given, fields)
  return problem ?? (of && family && !row.fields['LASTNAME'] ? setField(row, family, of) : null)
}

function namesIn(name: string): { given: string; family: string } {
  const [, before = '', after = ''] = /^([^,]+),([^,]+)$/.exec(name) ?? []
  if (after.trim()) return { given: after.trim(), family: before.trim() }
  const words = name.split(/\s+/)
  const family = words.length > 1 ? (words.pop() ?? '') : ''
  return { given: words.join(' '), family }
}

function setGivenName(row: Draft, name: string, fields: ReadonlyMap<string, Field>): string | null {
  const first = fields.get('FIRSTNAME')
  return first && !row.fields['FIRSTNAME'] ? setField(row, name, first) : null
}

// When they confirmed, nobody noted; that they did is known.
function setConfirmed(row: Draft, cell: string): null {
  row.isConfirmed = isYes(cell)
  return null
}

function setLanguage(row: Draft, cell: string): string | null {
  if (cell.trim() === '') return null
  row.language = readLanguage(unguarded(cell))
  return row.language === null ? 'Language: use a code such as en, fi or pt-BR, or a name.' : null
}

// The strictest word about somebody counts.
function setStanding(row: Draft, read: Standing | { problem: string } | null): string | null {
  if (read === null) return null
  if ('problem' in read) return read.problem
  if (read.rank > row.rank) Object.assign(row, read)
  return null
}

type Moment = { name: 'agreedAt' | 'confirmedAt' | 'leftAt'; label: string; now: Date }

function setMoment(row: Draft, cell: string, { name, label, now }: Moment): string | null {
  const read = readMoment(cell, now)
  if ('problem' in read) return `${label}: ${read.problem}`
  row[name] = read.moment
  return null
}

/** listmonk's column: an object whose names are like our fields' keys; what is like none is left out. */
function setAttributes(row: Draft, cell: string, fields: ReadonlyMap<string, Field>): string | null {
  const text = cell.trim()
  if (text === '' || text === '{}' || text === 'null') return null
  const object = objectIn(text)
  if (!object) return 'The attributes of this row are no JSON object.'
  for (const [name, value] of Object.entries(object)) {
    const field = fields.get(name.toUpperCase().replace(/[^A-Z0-9]+/g, '_'))
    if (!field || typeof value === 'object') continue
    const problem = setField(row, String(value), field)
    if (problem) return problem
  }
  return null
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

function countOf(cells: number): string {
  return cells === 1 ? '1 cell' : `${cells} cells`
}
