import type { FoundFile } from '../../../../db/tables/import.js'
import { recogniseService } from '../columns/recognise-service.js'
import { wordOf } from '../columns/word-of.js'
import type { CsvRecord } from '../csv/csv-parser.js'

const NETWORK = new Set(['ip', 'ipaddress', 'optinip', 'confirmip', 'signupip', 'registrationip', 'lastip'])
const WHERE = new Set(['latitude', 'longitude'])
const IP = /\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[\da-f]{1,4}:){3,7}[\da-f:]*/gi

/** What a record of this file becomes before it is read: without what is never kept; null: itself. */
export function finisherOf({ header }: Pick<FoundFile, 'header'>): ((record: CsvRecord) => CsvRecord) | null {
  const isForeign = recogniseService(header) === 'Mailchimp'
  const hidden = header.flatMap((column, at) => {
    const word = wordOf(column)
    return NETWORK.has(word) || (isForeign && WHERE.has(word)) ? [at] : []
  })
  if (hidden.length === 0) return null
  return (record) => {
    const { cells } = record
    // Where the cells of a broken row belong, nobody knows.
    if (record.problem || cells.length !== header.length)
      return { ...record, cells: cells.map((cell) => cell.replace(IP, '')) }
    for (const at of hidden) cells[at] = ''
    return record
  }
}
