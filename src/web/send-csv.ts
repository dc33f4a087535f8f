import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'

/** Answers with a file of CSV as it comes, with the mark by which Excel knows UTF-8. */
export async function sendCsv(res: Response, name: string, pieces: AsyncIterable<string>): Promise<void> {
  res.set('Cache-Control', 'no-store').type('text/csv').attachment(name)
  await pipeline(Readable.from(marked(pieces)), res)
}

async function* marked(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  yield '\ufeff'
  yield* pieces
}
