import type { Field } from '../../../db/tables/field.js'
import { readMoment } from '../../../src/audience/import/columns/read-moment.js'
import { readStatus } from '../../../src/audience/import/columns/read-standing.js'
import { recogniseColumns } from '../../../src/audience/import/columns/recognise-columns.js'
import { AGREED } from '../../../src/audience/import/columns/recognise-service.js'
import { rowReader } from '../../../src/audience/import/row-reader.js'

const NOW = new Date('2026-03-02T09:00:00Z')
const FIELDS: Field[] = ['FIRSTNAME', 'LASTNAME', 'CITY'].map((key, position) => ({
  key,
  label: key,
  type: 'text',
  choices: [],
  is_on_forms: false,
  words: {},
  position,
  created_at: NOW,
  archived_at: null,
}))

function read(header: string[], cells: string[]) {
  const targets = recogniseColumns(header, { fields: FIELDS })
  const fields = new Map(FIELDS.map((field) => [field.key, field]))
  return rowReader({ targets, fields, standing: AGREED, now: NOW })({ line: 2, cells })
}

it.each([
  [['Email', 'Name'], ['Ada King Lovelace'], { FIRSTNAME: 'Ada King', LASTNAME: 'Lovelace' }],
  [['Email', 'Name'], ['Virtanen, Ada'], { FIRSTNAME: 'Ada', LASTNAME: 'Virtanen' }],
  [['Email', 'NAME', 'SURNAME'], ['Mary Ann', 'Evans'], { FIRSTNAME: 'Mary Ann', LASTNAME: 'Evans' }],
  [['Email', 'NOM', 'PRENOM'], ['Evans', 'Mary'], { FIRSTNAME: 'Mary', LASTNAME: 'Evans' }],
])('reads names below %j: %j', (header, names, fields) => {
  expect(read(header, ['a@x.example.org', ...names])).toMatchObject({ fields })
})

it('takes a row that a spreadsheet cut short where nothing said how the person stands', () => {
  const header = ['Email', 'Town', 'City']
  expect(read(header, ['a@x.example.org'])).toMatchObject({ address: { email: 'a@x.example.org' } })
  expect(read([...header, 'Blocklisted'], ['a@x.example.org', '', ''])).toEqual({
    refusal: 'This row has 3 cells, the header has 4.',
  })
  expect(read([...header, 'Optin time'], ['a@x.example.org'])).toHaveProperty('refusal')
  expect(read(['City', 'Email'], ['Turku'])).toHaveProperty('refusal')
})

it.each([
  ['2023-01-02 03:04:05.678901 +0000 +0000', '2023-01-02T03:04:05Z'],
  ['2023-01-02 03:04:05.678901 +0300 EEST', '2023-01-02T00:04:05Z'],
  ['2023-01-02 03:04:05 +0000 UTC', '2023-01-02T03:04:05Z'],
  ['2023-01-02 03:04:05.67+00', '2023-01-02T03:04:05Z'],
  ['31.5.2024. 14:00', '2024-05-31T14:00:00Z'],
  ['31.05.2024.', '2024-05-31T00:00:00Z'],
])('reads the moment %s', (text, moment) => {
  expect(readMoment(text, NOW)).toEqual({ moment: new Date(moment) })
})

it('reads states in Croatian, and leaves the state of a country alone', () => {
  expect(readStatus('Potvrđen')).toEqual(AGREED)
  expect(recogniseColumns(['Email', 'State', 'Status'], { fields: FIELDS })).toEqual([
    'email',
    'skip',
    'skip',
  ])
})
