import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { FetchFailedError, FetchRefusedError } from './fetch-errors.js'

/** What we offer to unpack. */
export const ACCEPT_ENCODING = 'gzip, br, deflate'

const UNPACK = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
}

/** The body of an answer, unpacked; throws `FetchRefusedError` when it is larger than `maxBytes`, packed or unpacked. */
export async function readBody(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  for await (const chunk of unpacked(answer, maxBytes)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function unpacked(answer: IncomingMessage, maxBytes: number): Readable {
  const encoding = (answer.headers['content-encoding'] ?? '').trim().toLowerCase()
  const counted = [answer, atMost(maxBytes)] as const
  // Errors of any stage reach whoever reads the last one.
  const done = () => undefined
  if (encoding === '' || encoding === 'identity') return pipeline(...counted, done)
  if (!Object.hasOwn(UNPACK, encoding))
    throw new FetchRefusedError('The site packs its pages in a way that we do not open.')
  const unpack = UNPACK[encoding as keyof typeof UNPACK]()
  unpack.on('error', () => undefined)
  return pipeline(...counted, unpack, atMost(maxBytes), done)
}

function atMost(maxBytes: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen > maxBytes) done(tooLarge(maxBytes))
      else done(null, chunk)
    },
  })
}

function tooLarge(maxBytes: number): FetchRefusedError {
  return new FetchRefusedError(`What is at this address is too large: we read at most ${inWords(maxBytes)}.`)
}

function inWords(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.round(bytes / 1_000_000)} MB` : `${Math.round(bytes / 1000)} KB`
}

/** Whether an error of a stream means that the packed bytes were torn or false. */
export function unpackingError(error: unknown): FetchFailedError | null {
  const code = error && typeof error === 'object' && 'code' in error ? String(error.code) : ''
  return /^(Z_|ERR__?ERROR_|ERR_BROTLI|ERR_ZLIB)/.test(code)
    ? new FetchFailedError('The page arrived damaged.')
    : null
}
