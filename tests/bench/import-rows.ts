import { once } from 'node:events'
import { createWriteStream } from 'node:fs'

/** One row in fifty is broken, in one of twenty ways each in its turn. */
const BROKEN_EVERY = 50

type Row = {
  email: string
  first: string
  last: string
  city: string
  visits: string
  born: string
  agreed: string
}

/** The ways in which rows are broken; what each makes of a good row. `good` is a row of a good address that stands in the file already. */
export const BROKEN: readonly { name: string; line(row: Row, good: Row): string }[] = [
  // Not the last, for blank lines at the end of a file are none.
  { name: 'nothing at all', line: () => '' },
  { name: 'no address', line: (row) => lineOf({ ...row, email: '' }) },
  { name: 'no at sign', line: (row) => lineOf({ ...row, email: row.email.replace('@', '') }) },
  { name: 'two at signs', line: (row) => lineOf({ ...row, email: row.email.replace('@', '@@') }) },
  { name: 'a space within', line: (row) => lineOf({ ...row, email: row.email.replace('@', ' @') }) },
  { name: 'two dots', line: (row) => lineOf({ ...row, email: row.email.replace('reader', 'read..er') }) },
  { name: 'a dot in front', line: (row) => lineOf({ ...row, email: `.${row.email}` }) },
  { name: 'no domain', line: (row) => lineOf({ ...row, email: row.email.replace(/@.*/, '@') }) },
  {
    name: 'a domain without a dot',
    line: (row) => lineOf({ ...row, email: row.email.replace(/@.*/, '@localhost') }),
  },
  {
    name: 'a number as domain',
    line: (row) => lineOf({ ...row, email: row.email.replace(/@.*/, '@192.0.2.7') }),
  },
  { name: 'a long local part', line: (row) => lineOf({ ...row, email: `${'x'.repeat(70)}${row.email}` }) },
  { name: 'a name with its address', line: (row) => lineOf({ ...row, email: `"Ada <${row.email}>"` }) },
  { name: 'an address twice', line: (_row, good) => lineOf(good) },
  { name: 'a cell too few', line: (row) => lineOf(row).slice(0, lineOf(row).lastIndexOf(',')) },
  { name: 'a cell too many', line: (row) => `${lineOf(row)},more` },
  { name: 'an open quotation mark', line: (row) => lineOf({ ...row, first: `"${row.first}` }) },
  { name: 'words for a number', line: (row) => lineOf({ ...row, visits: 'many' }) },
  { name: 'a day that is none', line: (row) => lineOf({ ...row, born: '2001-02-30' }) },
  { name: 'consent in the future', line: (row) => lineOf({ ...row, agreed: '2199-01-01 10:00:00' }) },
  { name: 'a value too long', line: (row) => lineOf({ ...row, city: 'x'.repeat(501) }) },
]

/** Writes a file of so many rows and says how many of them are good. */
export async function writeRows(path: string, rows: number): Promise<{ good: number; broken: number }> {
  const file = createWriteStream(path)
  let broken = 0
  let text = 'E-mail,First name,Last name,City,Visits,Born on,Opt-in time\r\n'
  for (let no = 1; no <= rows; no++) {
    const isBroken = no % BROKEN_EVERY === 0
    const way = isBroken ? BROKEN[broken++ % BROKEN.length] : undefined
    text += `${way ? way.line(rowOf(no), rowOf(no - 1)) : lineOf(rowOf(no))}\r\n`
    if (text.length > 1_000_000) {
      if (!file.write(text)) await once(file, 'drain')
      text = ''
    }
  }
  file.end(text)
  await once(file, 'finish')
  return { good: rows - broken, broken }
}

function rowOf(no: number): Row {
  return {
    email: `reader${(no * 7919) % 1_000_003}.${no}@town${no % 997}.example.org`,
    first: no % 9 === 0 ? '"Anna ""Ann"" Maria"' : 'Päivi',
    last: no % 7 === 0 ? '"van der Berg, jr"' : 'Virtanen',
    city: CITIES[no % CITIES.length] ?? '',
    visits: String(no % 100),
    born: `19${50 + (no % 50)}-0${1 + (no % 9)}-1${no % 10}`,
    agreed: `2024-0${1 + (no % 9)}-1${no % 10} 1${no % 10}:00:00`,
  }
}

const CITIES = ['Turku', 'Galway', 'Rijeka', 'Cluj-Napoca', 'Kaunas', 'Utrecht', 'Bologna']

function lineOf({ email, first, last, city, visits, born, agreed }: Row): string {
  return [email, first, last, city, visits, born, agreed].join(',')
}
