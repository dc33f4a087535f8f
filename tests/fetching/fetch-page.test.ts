import type { RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { FetchFailedError, FetchRefusedError } from '../../src/fetching/fetch-errors.js'
import { type FetchOptions, fetchPage } from '../../src/fetching/fetch-page.js'
import { publicWeb } from '../../src/fetching/web-access.js'
import { createTestWeb, openTestSite, type TestSite, type TestWeb } from '../helpers/test-web.js'

const HTML: FetchOptions = { maxBytes: 50_000, timeoutMs: 5000, accept: ['text/html'] }

let web: TestWeb
let site: TestSite
let answer: RequestListener
let asked: { url: string; headers: NodeJS.Dict<string | string[]> }[]
beforeEach(async () => {
  web = createTestWeb()
  asked = []
  answer = (_req, res) => res.setHeader('Content-Type', 'text/html').end('<p>Hello</p>')
  site = await openTestSite(web, 'site.example', (req, res) => {
    asked.push({ url: req.url ?? '', headers: req.headers })
    answer(req, res)
  })
})
afterEach(() => site.close())

const page = (path = '/', options: Partial<FetchOptions> = {}) =>
  fetchPage({ web }, site.origin + path, { ...HTML, ...options })

describe('a page', () => {
  it('comes as text with its type and final address; the request says who asks and carries no cookie', async () => {
    answer = (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Set-Cookie': 'a=b', ETag: '"1"' })
      res.end('<p>Plzeň</p>')
    }
    const found = await page('/a?b=1#c')
    expect(found).toMatchObject({
      url: `${site.origin}/a?b=1`,
      type: 'text/html',
      text: '<p>Plzeň</p>',
      etag: '"1"',
    })
    await page('/again')
    const { headers } = asked[1] ?? {}
    expect(headers).toMatchObject({ 'user-agent': web.userAgent, host: `site.example:${site.port}` })
    expect(Object.keys(headers ?? {})).not.toContain('cookie')
    expect(Object.keys(headers ?? {})).not.toContain('referer')
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('is unpacked: %s', async (encoding, pack) => {
    answer = (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': encoding })
      res.end(pack('<p>Packed</p>'))
    }
    expect((await page()).text).toBe('<p>Packed</p>')
  })

  it('that we know is not sent again', async () => {
    answer = (_req, res) => res.writeHead(304).end()
    const known = { etag: '"1"', lastModified: 'Mon, 02 Mar 2026 09:00:00 GMT' }
    expect(await page('/', { known })).toMatchObject({ isUnchanged: true, text: '' })
    expect(asked[0]?.headers).toMatchObject({
      'if-none-match': '"1"',
      'if-modified-since': 'Mon, 02 Mar 2026 09:00:00 GMT',
    })
    await expect(page()).rejects.toThrow(FetchFailedError)
  })

  it.each([
    [404, 'no such page'],
    [403, 'does not let us'],
    [429, 'come back later'],
    [500, 'answered 500'],
  ])('that is answered with %i is told in words', async (status, words) => {
    answer = (_req, res) => res.writeHead(status).end('secret')
    await expect(page()).rejects.toThrow(words)
  })

  it('of another kind is refused', async () => {
    answer = (_req, res) => res.writeHead(200, { 'Content-Type': 'image/png' }).end('x')
    await expect(page()).rejects.toThrow(FetchRefusedError)
  })
})

describe('a redirect', () => {
  const to =
    (location: string): RequestListener =>
    (_req, res) =>
      res.writeHead(302, { Location: location }).end()

  it('is followed five times and no more', async () => {
    const hops =
      (most: number): RequestListener =>
      (req, res) => {
        const hop = Number(req.url?.slice(1))
        if (hop < most) to(`/${hop + 1}`)(req, res)
        else res.setHeader('Content-Type', 'text/html').end('there')
      }
    answer = hops(5)
    expect(await page('/0')).toMatchObject({ url: `${site.origin}/5`, text: 'there' })
    answer = hops(6)
    await expect(page('/0')).rejects.toThrow('on and on')
  })

  it.each([
    'http://127.0.0.2/',
    'http://2130706434/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://inside.example/',
    'file:///etc/passwd',
    'http://user:secret@site.example/',
    'http://site.example:22/',
    'http://localhost/',
  ])('to %s is refused', async (location) => {
    web.names.set('inside.example', ['10.1.2.3'])
    answer = to(location)
    await expect(page()).rejects.toThrow(FetchRefusedError)
    expect(asked).toHaveLength(1)
  })
})

describe('a name', () => {
  it('that answers publicly first and privately then is asked once, and what was checked is dialled', async () => {
    let time = 0
    web.names.set('site.example', () => (time++ === 0 ? ['127.0.0.1'] : ['127.0.0.2']))
    expect((await page()).text).toBe('<p>Hello</p>')
    expect(web.lookups).toEqual(['site.example'])
    await expect(page()).rejects.toThrow('private network')
  })

  it('is looked up and checked anew at every step of a redirect', async () => {
    let time = 0
    web.names.set('site.example', () => (time++ === 0 ? ['127.0.0.1'] : ['192.168.0.1']))
    answer = (_req, res) => res.writeHead(301, { Location: '/next' }).end()
    await expect(page()).rejects.toThrow('private network')
    expect(web.lookups).toHaveLength(2)
    expect(asked).toHaveLength(1)
  })

  it('with one private address among public ones is not dialled at all', async () => {
    web.names.set('site.example', ['127.0.0.1', '10.0.0.1'])
    await expect(page()).rejects.toThrow(FetchRefusedError)
    expect(asked).toEqual([])
  })

  it('that nobody knows is told in words', async () => {
    await expect(fetchPage({ web }, 'https://nowhere.example/', HTML)).rejects.toThrow(
      'no site at this address',
    )
  })

  it('that never resolves meets the deadline', async () => {
    const silent = { ...web, resolve: () => new Promise<string[]>(() => undefined) }
    const work = fetchPage({ web: silent }, 'https://slow.example/', { ...HTML, timeoutMs: 50 })
    await expect(work).rejects.toThrow('too long')
  })
})

describe('a site that means harm', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ])('with a bomb of %s is stopped at the limit', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(20_000_000))
    answer = (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': encoding })
      res.end(bomb)
    }
    await expect(page()).rejects.toThrow('at most 50 KB')
  })

  it.each(['gzip, gzip', 'gzip, br', 'zstd', 'compress'])('that packs as %s is refused', async (encoding) => {
    answer = (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': encoding })
      res.end(gzipSync(gzipSync('x')))
    }
    await expect(page()).rejects.toThrow(FetchRefusedError)
  })

  it('that sends torn gzip is told in words', async () => {
    answer = (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' })
      res.end('not gzip at all')
    }
    await expect(page()).rejects.toThrow('damaged')
  })

  it('that announces too much, or sends it unannounced, is stopped', async () => {
    answer = (_req, res) =>
      res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': 1e9 }).write('x')
    await expect(page()).rejects.toThrow(FetchRefusedError)
    answer = (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html' })
      const more = () => {
        while (!res.destroyed && res.write('x'.repeat(10_000)));
      }
      res.on('drain', more)
      more()
    }
    await expect(page()).rejects.toThrow(FetchRefusedError)
  })

  it('that never sends its headers, or never ends its body, meets the deadline', async () => {
    answer = () => undefined
    await expect(page('/', { timeoutMs: 100 })).rejects.toThrow('too long')
    answer = (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/html' })
      res.write('<p>and')
    }
    await expect(page('/', { timeoutMs: 100 })).rejects.toThrow('too long')
  })

  it('that breaks off or talks nonsense is told in words without inner details', async () => {
    const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    web.ports.push(port)
    const failed = fetchPage({ web }, `http://site.example:${port}/`, HTML)
    await expect(failed).rejects.toThrow(new FetchFailedError('The site could not be reached.'))
    server.close()
    answer = (req) => req.socket.destroy()
    await expect(page()).rejects.toThrow('could not be reached')
  })
})

it('has a public web that stays closed to this machine', async () => {
  const open = publicWeb({ publicUrl: 'https://news.example.org' })
  expect(open.ports).toEqual([80, 443])
  for (const address of [`http://127.0.0.1:${site.port}/`, 'http://127.0.0.1/', 'http://localhost/'])
    await expect(fetchPage({ web: open }, address, HTML)).rejects.toThrow(FetchRefusedError)
  expect(asked).toEqual([])
})
