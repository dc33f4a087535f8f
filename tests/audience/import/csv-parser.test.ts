import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { type CsvRecord, csvParser } from '../../../src/audience/import/csv/csv-parser.js'
import { findDialect } from '../../../src/audience/import/csv/dialect.js'
import { encodingFinder, textDecoder } from '../../../src/audience/import/csv/encoding.js'

function readAll(pieces: readonly string[], delimiter = ',', newline: '\n' | '\r' = '\n'): CsvRecord[] {
  const parser = csvParser({ delimiter, newline })
  return [...pieces.flatMap((piece) => parser.write(piece)), ...parser.end()]
}

const inPieces = (text: string, size: number) =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))

const cell = fc.string({
  unit: fc.constantFrom('a', 'ä', ' ', ',', ';', '"', '\n', '\r\n', '@', '=', '😀'),
  maxLength: 6,
})
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const delimiters = fc.constantFrom(',', ';', '\t', '|')

it('reads what csv-parse reads, however the text is cut into pieces', () => {
  const table = fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 2, maxLength: 4 }), {
    minLength: 1,
  })
  fc.assert(
    fc.property(
      table,
      delimiters,
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 9 }),
      (rows, delimiter, end, size) => {
        const text = rows
          .map((row) =>
            row
              .map(([words, isQuoted]) => (isQuoted || /[",;\t|\r\n]/.test(words) ? quoted(words) : words))
              .join(delimiter),
          )
          .join(end)
        const wanted: string[][] = parse(text, { delimiter, relax_column_count: true })
        expect(readAll(inPieces(text, size), delimiter).map(({ cells }) => cells)).toEqual(wanted)
      },
    ),
    { numRuns: 500 },
  )
})

it('takes a quotation mark within a cell as it is, as csv-parse does when told to relax', () => {
  const text = 'a,b"c,d\ne,f g" h,"i ""j"""\n'
  expect(readAll([text]).map(({ cells }) => cells)).toEqual(parse(text, { relax_quotes: true }))
})

it('reads single quotation marks, and spaces before any', () => {
  const text = "'ada@x.fi','Ada, L'\n'bo@x.fi','O''Hara'\n"
  const dialect = findDialect(text)
  expect(dialect).toEqual({ delimiter: ',', newline: '\n', quote: "'" })
  const parser = csvParser(dialect)
  expect([...parser.write(text), ...parser.end()].map(({ cells }) => cells)).toEqual([
    ['ada@x.fi', 'Ada, L'],
    ['bo@x.fi', "O'Hara"],
  ])
  expect(readAll(['Email, "First, name"\na, "b\nc,  "d" e\n']).map(({ cells }) => cells)).toEqual([
    ['Email', 'First, name'],
    ['a', ' "b'],
    ['c', '  "d" e'],
  ])
})

it('never loses or doubles a line, whatever the text', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' '), maxLength: 60 })
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 7 }), (words, size) => {
      const whole = readAll([words])
      expect(readAll(inPieces(words, size))).toEqual(whole)
      const lines = whole.map(({ line }) => line)
      expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b))
    }),
    { numRuns: 1000 },
  )
})

it('loses one row, not all that follow, to a quotation mark that is never closed', () => {
  const records = readAll(['a,"b\nc,d\n"e",f\ng,"h" i\nj,k\n'])
  expect(records).toEqual([
    { line: 1, cells: ['a', '"b'], problem: 'quote' },
    { line: 2, cells: ['c', 'd'] },
    { line: 3, cells: ['e', 'f'] },
    { line: 4, cells: ['g', '"h" i'], problem: 'quote' },
    { line: 5, cells: ['j', 'k'] },
  ])
  const long = `a,"${'x\n'.repeat(100_000)}`
  expect(readAll(inPieces(long, 5000))).toHaveLength(100_000)
})

it('numbers lines as an editor does, counts blank ones between rows and none at the end', () => {
  expect(readAll(['a,b\n\n"c\nd",e\n  \nf,g\n\n\n'])).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: [''], problem: 'blank' },
    { line: 3, cells: ['c\nd', 'e'] },
    { line: 5, cells: [''], problem: 'blank' },
    { line: 6, cells: ['f', 'g'] },
  ])
  expect(readAll(['a,b\rc,d\r'], ',', '\r')).toHaveLength(2)
})

it('keeps nothing of a line without an end', () => {
  const records = readAll(inPieces(`a,b\n${'x'.repeat(500_000)}\nc,d\n`, 4096))
  expect(records.map(({ line, problem }) => [line, problem])).toEqual([
    [1, undefined],
    [2, 'long'],
    [3, undefined],
  ])
})

it.each([
  ['E-mail;Name\r\nada@example.org;"Ada, L"\r\n', ';', '\n'],
  ['email\tname\nada@example.org\tAda\n', '\t', '\n'],
  ['email|name\rada@example.org|Ada\r', '|', '\r'],
  ['sep=;\r\nemail,name;x\r\n', ';', '\n'],
  ['email\nada@example.org\nbo@example.org\n', ',', '\n'],
  ['email,time\nada@example.org,10:20:30\nbo@example.org,11:20:30\n', ',', '\n'],
  ['ada@example.org;2024-01-01 10:20:30\nbo@example.org;2024-01-01 11:20:30\n', ';', '\n'],
  ['email:name, the first\nada@example.org:Ada\nbo@example.org:Bo\n', ':', '\n'],
])('finds out how %j is separated', (text, delimiter, newline) => {
  expect(findDialect(text)).toEqual({ delimiter, newline })
})

const latin = (text: string) => Buffer.from(text, 'latin1')
const utf16 = (text: string) => Buffer.from(text, 'utf16le')
it.each([
  ['utf-8', Buffer.from('\ufeffname\nPäivi\n')],
  ['utf-8', Buffer.from('name\nPäivi\n')],
  ['utf-8', Buffer.concat([Buffer.from('name\nPäivi\nKöll\n'), latin('Björn\n')])],
  ['windows-1252', latin('name\nPäivi\nBjörn\n')],
  ['utf-16le', utf16('\ufeffname\nPäivi\n')],
  ['utf-16le', utf16('name\nPäivi\n')],
  ['utf-16be', Buffer.from(utf16('name\nPäivi\n')).swap16()],
  ['utf-8', Buffer.from('name\nAda\n')],
])('tells %s by its bytes, one by one', (encoding, bytes) => {
  const whole = encodingFinder()
  whole.take(bytes)
  expect(whole.found()).toBe(encoding)
  const decoder = textDecoder(whole.found())
  let text = ''
  for (const byte of bytes) text += decoder.write(Uint8Array.of(byte))
  text += decoder.end()
  expect(text.startsWith('name\n')).toBe(true)
  expect(text).toMatch(/Päivi|Ada/)
})
