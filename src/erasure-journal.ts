import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** One erasure as the journal has it: nothing in it says who it was. */
export type JournalEntry = { erasedAt: Date; keyId: string; hash: Buffer }

/** Erasures outside the database, so that a backup from before one of them can be brought up to it. */
export type ErasureJournal = { append(entry: JournalEntry): Promise<void> }

const LINE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z),([A-Za-z0-9]{1,16}),([0-9a-f]{64})$/

/** A journal in a file, which is made on the first erasure and only ever grows; a line is on disk when `append` resolves. */
export function openErasureJournal(path: string): ErasureJournal {
  return {
    append: async (entry) => {
      await mkdir(dirname(path), { recursive: true })
      const file = await open(path, 'a', 0o600)
      try {
        await file.write(`${journalLine(entry)}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
    },
  }
}

/** `time,key id,hash`, the time in UTC and the hash as hex. */
export function journalLine({ erasedAt, keyId, hash }: JournalEntry): string {
  return `${erasedAt.toISOString()},${keyId},${hash.toString('hex')}`
}

/** Reads a journal; `problems` numbers the lines that are none. */
export function parseJournal(text: string): { entries: JournalEntry[]; problems: number[] } {
  const entries: JournalEntry[] = []
  const problems: number[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [, time = '', keyId = '', hash = ''] = LINE.exec(line.trim()) ?? []
    const erasedAt = new Date(time)
    if (Number.isNaN(erasedAt.getTime())) problems.push(index + 1)
    else entries.push({ erasedAt, keyId, hash: Buffer.from(hash, 'hex') })
  }
  return { entries, problems }
}
