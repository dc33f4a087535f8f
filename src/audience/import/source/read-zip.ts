import { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from 'yauzl'
import { InvalidError } from '../../../errors.js'
import type { ImportSource } from './import-source.js'
import type { RowFile } from './open-files.js'

const MOST_FILES = 200
/** Unpacked; what says that it is larger, or is, is no list of people. */
const LARGEST_BYTES = 2_000_000_000

/** The files of a ZIP, none of them unpacked yet. Throws `InvalidError` at `file` for a ZIP that is damaged, locked or far too large. */
export async function filesInZip(source: ImportSource): Promise<RowFile[]> {
  const zip = await openZip(source)
  const entries = await entriesOf(zip)
  const size = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (entries.length > MOST_FILES || size > LARGEST_BYTES)
    throw new InvalidError({ file: 'This ZIP holds more than lists of people.' })
  if (entries.some((entry) => (entry.generalPurposeBitFlag & 1) === 1))
    throw new InvalidError({ file: 'This ZIP is locked with a password: unpack it first.' })
  return entries.map((entry) => ({ name: entry.fileName, open: () => unpack(zip, entry) }))
}

class SourceReader extends RandomAccessReader {
  readonly #source: ImportSource
  constructor(source: ImportSource) {
    super()
    this.#source = source
  }
  override _readStreamForRange(from: number, to: number): Readable {
    return Readable.from(this.#source.read(from, to), { objectMode: false })
  }
}

function openZip(source: ImportSource): Promise<ZipFile> {
  const options = { lazyEntries: true, autoClose: false }
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(new SourceReader(source), source.size, options, (error, zip) =>
      error || !zip ? reject(damaged()) : resolve(zip),
    )
  })
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on('entry', (entry: Entry) => {
      if (!entry.fileName.endsWith('/')) entries.push(entry)
      if (entries.length > MOST_FILES) return resolve(entries)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', () => reject(damaged()))
    zip.readEntry()
  })
}

async function* unpack(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error || !opened ? reject(damaged()) : resolve(opened)))
  })
  try {
    for await (const bytes of stream) yield bytes
  } catch {
    throw damaged()
  }
}

function damaged(): InvalidError {
  return new InvalidError({ file: 'This ZIP is damaged: load it down once more.' })
}
