import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigError } from '../../src/config-error.js'
import type { FileStore } from '../../src/storage/file-store.js'
import { openFileStore } from '../../src/storage/open-file-store.js'

const KEY = 'AKIACARILLON'
const SECRET = 'se/cret+with%odd signs'
const REGION = 'eu-north-1'

const kept = new Map<string, { bytes: Buffer; type: string | undefined }>()
let server: Server
let store: FileStore
const address = (secret: string) => {
  const { port } = server.address() as AddressInfo
  return `http://${KEY}:${encodeURIComponent(secret)}@127.0.0.1:${port}/newsletters?region=${REGION}`
}
beforeAll(async () => {
  server = createServer((req, res) => {
    void bodyOf(req).then((body) => {
      if (!isSigned(req, body))
        return res.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
      const name = req.url ?? ''
      if (req.method === 'PUT') {
        kept.set(name, { bytes: body, type: req.headers['content-type'] })
        return res.end()
      }
      const found = kept.get(name)
      if (req.method === 'DELETE') kept.delete(name)
      if (req.method === 'DELETE') return res.writeHead(204).end()
      return found ? res.end(found.bytes) : res.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  store = openFileStore({ directory: '/nowhere', s3Url: address(SECRET) })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

it('writes, reads and removes files in the bucket, every request signed', async () => {
  const bytes = Buffer.from([0, 255, 13, 10, 0, 200])
  await store.put('bell.png', { bytes, type: 'image/png' })
  expect([...kept]).toEqual([['/newsletters/bell.png', { bytes, type: 'image/png' }]])
  expect((await store.get('bell.png'))?.equals(bytes)).toBe(true)
  await store.remove('bell.png')
  expect(await store.get('bell.png')).toBeNull()
  await store.remove('bell.png')
})

it('fails with a wrong secret, and does not say it', async () => {
  const locked = openFileStore({ directory: '/nowhere', s3Url: address('a wrong secret') })
  const refused = locked.put('bell.png', { bytes: Buffer.from('x'), type: 'image/png' })
  const error = (await refused.catch((reason: unknown) => reason)) as Error
  expect(error).toBeInstanceOf(Error)
  expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('wrong secret')
})

it.each(['https://host/bucket', 'https://KEY:HUSH@host', 'ftp://KEY:HUSH@host/bucket', 'KEY:HUSH'])(
  'does not open %s, and does not quote it',
  (wrong) => {
    const open = () => openFileStore({ directory: '/nowhere', s3Url: wrong })
    expect(open).toThrow(ConfigError)
    expect(open).not.toThrow(/HUSH/)
  },
)

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of req) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

// Signature Version 4, told once more from its specification.
function isSigned(req: IncomingMessage, body: Buffer): boolean {
  const found = /Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)/.exec(
    req.headers.authorization ?? '',
  )
  if (!found) return false
  const [, credential = '', signedHeaders = '', signature] = found
  const scope = credential.split('/').slice(1).join('/')
  const claimed = String(req.headers['x-amz-content-sha256'])
  if (claimed !== 'UNSIGNED-PAYLOAD' && claimed !== sha256(body)) return false
  const headers = signedHeaders.split(';').map((name) => `${name}:${String(req.headers[name]).trim()}\n`)
  const [path = '', query = ''] = (req.url ?? '').split('?')
  const canonical = [req.method, path, query, headers.join(''), signedHeaders, claimed].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', req.headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const key = scope.split('/').reduce<Buffer>((last, part) => hmac(last, part), Buffer.from(`AWS4${SECRET}`))
  const isOurs = credential.startsWith(`${KEY}/`) && scope.includes(`/${REGION}/s3/`)
  return isOurs && hmac(key, toSign).toString('hex') === signature
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
