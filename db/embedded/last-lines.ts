import { open } from 'node:fs/promises'

const TAIL_BYTES = 4096
const TAIL_LINES = 8

/** Reads the last few lines of a log file; empty when there is none. */
export async function lastLines(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined)
  if (!file) return ''
  try {
    const { size } = await file.stat()
    const start = Math.max(0, size - TAIL_BYTES)
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(TAIL_BYTES), position: start })
    return buffer.toString('utf8', 0, bytesRead).trim().split('\n').slice(-TAIL_LINES).join('\n')
  } finally {
    await file.close()
  }
}
