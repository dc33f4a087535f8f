import { mkdir, open, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addressTraces, mentions } from '../../address-traces.js'
import { type Envelope, type MessageSummary, summarise } from './message-summary.js'
import { fromStoredBytes, type StoredMessage, toStoredBytes } from './stored-message.js'

/** The messages of an inbox: files on disk, and their list in memory. */
export type MessageStore = {
  /** Keeps a message and forgets the oldest beyond the limit; resolves with its id once it is on disk. */
  add(envelope: Envelope, content: Buffer): Promise<string>
  /** All messages, newest first. */
  list(): readonly MessageSummary[]
  read(id: string): Promise<StoredMessage | undefined>
  /** Removes every message and says how many there were. */
  clear(): Promise<number>
  /** Removes the messages to or about an address, given in its spellings, and says how many there were. */
  forget(spellings: readonly string[]): Promise<number>
}

type StoreOptions = { folder: string; limit: number }

const FILE_NAME = /^(\d{16})\.eml$/
const DRAFT_SUFFIX = '.part'
const OPENING_BYTES = 32 * 1024
const OPEN_FILES = 32

/** Opens the folder of an inbox, creates it if need be, and lists the messages in it from the header of each file. */
export async function openMessageStore({ folder, limit }: StoreOptions): Promise<MessageStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const pathOf = (id: string): string => join(folder, `${id}.eml`)
  const remove = (id: string): Promise<void> => unlink(pathOf(id)).catch(() => undefined)
  let entries = await listFolder(folder)
  let lastId = entries.at(-1)?.id ?? ''

  const nextId = (): string => {
    lastId = String(Math.max(Date.now() * 1000, Number(lastId) + 1))
    return lastId
  }
  const trim = async (): Promise<void> => {
    const excess = entries.splice(0, Math.max(0, entries.length - limit))
    await Promise.all(excess.map(({ id }) => remove(id)))
  }
  await trim()

  return {
    add: async (envelope, content) => {
      const id = nextId()
      await writeWhole(pathOf(id), toStoredBytes(envelope, content))
      insert(entries, summarise({ id, envelope, size: content.length, content }))
      await trim()
      return id
    },
    list: () => entries.toReversed(),
    read: async (id) => {
      if (!entries.some((entry) => entry.id === id)) return undefined
      const bytes = await readFile(pathOf(id)).catch(() => undefined)
      return bytes && fromStoredBytes(bytes)
    },
    clear: async () => {
      const gone = entries
      entries = []
      await Promise.all(gone.map(({ id }) => remove(id)))
      return gone.length
    },
    forget: async (spellings) => {
      const traces = addressTraces(spellings)
      let count = 0
      for (const { id } of [...entries]) {
        const bytes = await readFile(pathOf(id)).catch(() => undefined)
        if (!bytes || !mentions(bytes, traces)) continue
        await unlink(pathOf(id))
        entries = entries.filter((entry) => entry.id !== id)
        count += 1
      }
      return count
    },
  }
}

// A message that was cut off by a full disk or a killed process must not look like one that arrived.
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const draft = path + DRAFT_SUFFIX
  try {
    await writeFile(draft, bytes, { mode: 0o600 })
    await rename(draft, path)
  } catch (error) {
    await unlink(draft).catch(() => undefined)
    throw error
  }
}

// Writes finish out of order, but hardly ever by more than a few places.
function insert(entries: MessageSummary[], entry: MessageSummary): void {
  let place = entries.length
  while (place > 0 && (entries[place - 1]?.id ?? '') > entry.id) place -= 1
  entries.splice(place, 0, entry)
}

async function listFolder(folder: string): Promise<MessageSummary[]> {
  const names = await readdir(folder)
  const drafts = names.filter((name) => name.endsWith(DRAFT_SUFFIX))
  await Promise.all(drafts.map((name) => unlink(join(folder, name)).catch(() => undefined)))
  const ids = names.flatMap((name) => FILE_NAME.exec(name)?.[1] ?? []).sort()
  const entries: MessageSummary[] = []
  for (let start = 0; start < ids.length; start += OPEN_FILES) {
    const slice = ids.slice(start, start + OPEN_FILES)
    const found = await Promise.all(slice.map((id) => summariseFile(folder, id)))
    entries.push(...found.filter((entry) => entry !== undefined))
  }
  return entries
}

async function summariseFile(folder: string, id: string): Promise<MessageSummary | undefined> {
  const file = await open(join(folder, `${id}.eml`)).catch(() => undefined)
  if (!file) return undefined
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(OPENING_BYTES), position: 0 })
    const { envelope, content } = fromStoredBytes(buffer.subarray(0, bytesRead))
    return summarise({ id, envelope, size: size - (bytesRead - content.length), content })
  } finally {
    await file.close()
  }
}
