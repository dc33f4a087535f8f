import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import nodemailer from 'nodemailer'
import { type Inbox, startInbox } from '../../src/smtp/inbox/start-inbox.js'

type Listed = {
  id: string
  from: string
  subject: string
  size: number
  envelope: { from: string; to: string[] }
}
type Read = Listed & {
  html: string | null
  text: string | null
  to: { name: string; address: string }[]
  headers: { name: string; value: string }[]
  attachments: { filename: string; size: number }[]
}
type Draft = Parameters<ReturnType<typeof nodemailer.createTransport>['sendMail']>[0]

let directory: string
const open: Inbox[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'carillon-inbox-'))
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((inbox) => inbox.close()))
  await rm(directory, { recursive: true, force: true })
})

async function start(options: Partial<Parameters<typeof startInbox>[0]> = {}): Promise<Inbox> {
  const inbox = await startInbox({ directory, smtpPort: 0, webPort: 0, ...options })
  open.push(inbox)
  return inbox
}

async function send(inbox: Inbox, ...mails: Draft[]): Promise<void> {
  const { port } = new URL(inbox.smtpUrl)
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: Number(port),
    pool: true,
    maxConnections: 10,
  })
  await Promise.all(
    mails.map((mail) => transport.sendMail({ from: 'news@example.com', to: 'ada@example.com', ...mail })),
  )
  transport.close()
}

const raw = (text: string, to = 'ada@example.com'): Draft => ({
  envelope: { from: 'bounce@example.com', to: [to] },
  raw: text,
})

async function getJson<T>(inbox: Inbox, path: string): Promise<T> {
  return (await (await fetch(inbox.url + path)).json()) as T
}

async function getPage(inbox: Inbox, path: string): Promise<string> {
  return (await fetch(inbox.url + path)).text()
}

async function newest(inbox: Inbox): Promise<Read> {
  const { messages } = await getJson<{ messages: Listed[] }>(inbox, '/api/messages?limit=1')
  return getJson(inbox, `/api/messages/${messages[0]?.id}`)
}

async function newestRaw(inbox: Inbox): Promise<Buffer> {
  const { id } = await newest(inbox)
  return Buffer.from(await (await fetch(`${inbox.url}/api/messages/${id}/raw`)).arrayBuffer())
}

// Says everything at once after the greeting, and gives what the server said until it hung up.
function converse(inbox: Inbox, lines: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(inbox.smtpUrl).port), '127.0.0.1')
    let said = ''
    socket.setEncoding('utf8').once('data', () => socket.write(lines))
    socket.on('data', (chunk: string) => {
      said += chunk
    })
    socket.on('error', reject).on('close', () => resolve(said))
  })
}

function statusFor(
  inbox: Inbox,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(inbox.url + path, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    call.on('error', reject).end()
  })
}

describe('receiving', () => {
  it('offers pipelining, 8-bit, international addresses and its size limit, but no TLS', async () => {
    const said = await converse(await start(), 'EHLO reader.example\r\nQUIT\r\n')
    for (const offer of ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'SIZE 26214400']) expect(said).toContain(offer)
    expect(said).not.toContain('STARTTLS')
  })

  it('takes whole conversations that arrive in one packet', async () => {
    const inbox = await start()
    const one =
      'MAIL FROM:<>\r\nRCPT TO:<ada@example.com>\r\nRCPT TO:<ben@example.com>\r\nDATA\r\nSubject: one\r\n\r\nHello\r\n.\r\n'
    const said = await converse(inbox, `EHLO reader.example\r\n${one}${one}QUIT\r\n`)
    expect(said.match(/^250 2\.6\.0 kept as \d{16}/gm)).toHaveLength(2)
    expect((await inbox.messages()).map(({ envelope }) => envelope)).toEqual([
      { from: '', to: ['ada@example.com', 'ben@example.com'] },
      { from: '', to: ['ada@example.com', 'ben@example.com'] },
    ])
  })

  it('accepts any name and password', async () => {
    const inbox = await start()
    const url = new URL(inbox.smtpUrl)
    const transport = nodemailer.createTransport({
      host: url.hostname,
      port: Number(url.port),
      auth: { user: 'anybody', pass: 'at all' },
    })
    await transport.sendMail({
      from: 'news@example.com',
      to: 'ada@example.com',
      subject: 'signed in',
      text: 'yes',
    })
    expect((await newest(inbox)).subject).toBe('signed in')
  })

  it('keeps every byte: lines of dots, 8-bit text, no newline added', async () => {
    const inbox = await start()
    const source = Buffer.from(
      'Subject: dots\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n.\r\n..\r\n.dot\r\n...\r\nGrüße ☕\r\n',
    )
    await send(inbox, { ...raw(''), raw: source })
    expect(await newestRaw(inbox)).toEqual(source)
    expect((await newest(inbox)).text).toBe('.\n..\n.dot\n...\nGrüße ☕\n')
  })

  it('takes international addresses and encoded subjects', async () => {
    const inbox = await start()
    await send(inbox, { to: 'Jörg <jörg@exämple.com>', subject: 'Grüße aus Köln ☕', text: 'Hallo' })
    const message = await newest(inbox)
    expect(message.subject).toBe('Grüße aus Köln ☕')
    expect(message.envelope.to[0]).toMatch(/^jörg@(exämple|xn--exmple-cua)\.com$/)
    expect(message.to[0]?.name).toBe('Jörg')
  })

  it('refuses a message beyond 25 MB and goes on', async () => {
    const inbox = await start()
    const huge = `Subject: huge\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(26_300)}`
    const said = await converse(
      inbox,
      `EHLO a.example\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n${huge}.\r\nQUIT\r\n`,
    )
    expect(said).toMatch(/^552/m)
    await send(inbox, { subject: 'small', text: 'ok' })
    expect((await inbox.messages()).map(({ subject }) => subject)).toEqual(['small'])
  })

  it('keeps no half of a message when the sender hangs up', async () => {
    const inbox = await start()
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(inbox.smtpUrl).port), '127.0.0.1')
      const half =
        'EHLO a.example\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: half\r\n\r\nHel'
      socket.once('data', () => socket.write(half))
      socket.on('data', (chunk: Buffer) => chunk.toString().includes('354') && socket.destroy())
      socket.on('close', () => resolve())
    })
    await send(inbox, { subject: 'whole', text: 'ok' })
    expect((await inbox.messages()).map(({ subject }) => subject)).toEqual(['whole'])
  })

  it('takes thousands of messages at once and loses none', async () => {
    const inbox = await start()
    const count = 3000
    const readers = Array.from({ length: count }, (_, index) => `reader${index}@example.com`)
    await send(
      inbox,
      ...readers.map((to) => raw(`Subject: issue for ${to}\r\n\r\n${'Some news. '.repeat(100)}\r\n`, to)),
    )
    const messages = await inbox.messages()
    expect(messages).toHaveLength(count)
    expect(new Set(messages.map(({ envelope }) => envelope.to[0]))).toEqual(new Set(readers))
    expect(messages.map(({ id }) => id)).toEqual(
      messages
        .map(({ id }) => id)
        .toSorted()
        .reverse(),
    )
  }, 30_000)
})

describe('keeping', () => {
  it('has the messages again after a restart', async () => {
    const before = await start()
    await send(
      before,
      raw('From: "Carillon" <news@example.com>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nHello\r\n'),
    )
    const kept = await before.messages()
    await before.close()
    const after = await start()
    expect(await after.messages()).toEqual(kept)
    expect(kept[0]).toMatchObject({
      from: 'Carillon <news@example.com>',
      subject: 'Grüße',
      envelope: { from: 'bounce@example.com' },
    })
    await send(after, { subject: 'later', text: 'ok' })
    expect((await after.messages()).map(({ subject }) => subject)).toEqual(['later', 'Grüße'])
  })

  it('forgets the oldest beyond the limit, on disk too', async () => {
    const inbox = await start({ limit: 3 })
    for (const subject of ['1', '2', '3', '4', '5']) await send(inbox, { subject, text: 'ok' })
    expect((await inbox.messages()).map(({ subject }) => subject)).toEqual(['5', '4', '3'])
    expect(await readdir(join(directory, 'inbox'))).toHaveLength(3)
  })

  it('tells the sender to try again when it cannot write, and shows nothing half written', async () => {
    const inbox = await start()
    await rm(join(directory, 'inbox'), { recursive: true })
    await expect(send(inbox, { subject: 'lost', text: 'ok' })).rejects.toMatchObject({ responseCode: 451 })
    expect(await inbox.messages()).toEqual([])
    await inbox.close()
    await mkdir(join(directory, 'inbox'))
    await writeFile(join(directory, 'inbox', '1700000000000000.eml.part'), 'Subject: half')
    expect(await (await start()).messages()).toEqual([])
  })

  it('is emptied on request', async () => {
    const inbox = await start()
    await send(inbox, { text: 'one' }, { text: 'two' })
    const response = await fetch(`${inbox.url}/api/messages`, { method: 'DELETE' })
    expect(await response.json()).toEqual({ deleted: 2 })
    expect(await inbox.messages()).toEqual([])
    expect(await readdir(join(directory, 'inbox'))).toEqual([])
  })
})

describe('sharing the ports', () => {
  it('adopts the inbox of another process and leaves it running', async () => {
    const owner = await start()
    const guest = await start({ webPort: Number(new URL(owner.url).port) })
    expect(guest.smtpUrl).toBe(owner.smtpUrl)
    await send(guest, { subject: 'through the guest', text: 'ok' })
    expect(await guest.messages()).toEqual(await owner.messages())
    await guest.close()
    expect(await getJson(owner, '/api/inbox')).toEqual({ carillon: 'inbox', smtpUrl: owner.smtpUrl })
  })

  it('makes one inbox of two started at the same moment', async () => {
    const probe = await start()
    const ports = { webPort: Number(new URL(probe.url).port), smtpPort: Number(new URL(probe.smtpUrl).port) }
    await probe.close()
    const [first, second] = await Promise.all([start(ports), start(ports)])
    expect(first.smtpUrl).toBe(second.smtpUrl)
    await send(first, { subject: 'one inbox', text: 'ok' })
    expect(await second.messages()).toHaveLength(1)
  })

  it('says which variable to change when another program has a port', async () => {
    const stranger = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1')
    await new Promise((resolve) => stranger.once('listening', resolve))
    const { port } = stranger.address() as AddressInfo
    await expect(start({ webPort: port })).rejects.toThrow(`Port ${port}, meant for the web page`)
    await expect(start({ webPort: port })).rejects.toThrow('Set INBOX_PORT to a free port')
    await expect(start({ smtpPort: port })).rejects.toThrow('Set INBOX_SMTP_PORT to a free port')
    await new Promise((resolve) => stranger.close(resolve))
  })
})

describe('the page', () => {
  it('lists the newest first, fifty a page, and finds by address or subject', async () => {
    const inbox = await start()
    await send(
      inbox,
      ...Array.from({ length: 60 }, (_, index) =>
        raw(`Subject: issue\r\n\r\nHi\r\n`, `reader${index}@example.com`),
      ),
    )
    await send(inbox, raw('Subject: Something Else\r\n\r\nHi\r\n', 'zoe@example.org'))
    const rows = async (path: string): Promise<number> =>
      (await getPage(inbox, path)).split('class="row"').length - 1
    expect(await rows('/')).toBe(50)
    expect(await rows('/?page=2')).toBe(11)
    expect(await rows('/?q=reader1%40')).toBe(1)
    expect(await rows('/?q=something+else')).toBe(1)
    expect(await getPage(inbox, '/')).toMatch(/zoe@example\.org[^]*reader\d+@example\.com/)
    const toZoe = await getJson<{ total: number; messages: Listed[] }>(
      inbox,
      '/api/messages?to=ZOE%40example.org&limit=5',
    )
    expect(toZoe).toMatchObject({ total: 1, messages: [{ subject: 'Something Else' }] })
  })

  it('refreshes itself only when asked', async () => {
    const inbox = await start()
    expect(await getPage(inbox, '/')).not.toContain('http-equiv="refresh"')
    expect(await getPage(inbox, '/?live=1')).toContain('<meta http-equiv="refresh" content="5">')
  })

  it('shows a message as HTML, text, headers and source, with its unsubscribe links', async () => {
    const inbox = await start()
    await send(inbox, {
      subject: 'June',
      html: '<!doctype html><p>Read <a href="https://example.com/a">this</a></p>',
      text: 'Read https://example.com/a.',
      headers: {
        'List-Unsubscribe': '<https://example.com/u/1>, <mailto:stop@example.com>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    })
    const { id } = await newest(inbox)
    const page = await getPage(inbox, `/messages/${id}`)
    expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
    expect(page).toMatch(
      /href="https:\/\/example\.com\/u\/1"[^]*<code>mailto:stop@example\.com<\/code>[^]*one click/,
    )
    const text = await getPage(inbox, `/messages/${id}?view=text`)
    expect(text).toContain(
      '<a href="https://example.com/a" target="_blank" rel="noreferrer">https://example.com/a</a>.',
    )
    expect(await getPage(inbox, `/messages/${id}?view=headers`)).toContain(
      '<th scope="row">List-Unsubscribe-Post</th>',
    )
    expect(await getPage(inbox, `/messages/${id}?view=source`)).toContain(
      'List-Unsubscribe: &lt;https://example.com/u/1&gt;',
    )
  })

  it('gives the HTML a policy without scripts and opens its links in new tabs', async () => {
    const inbox = await start()
    await send(inbox, {
      html: '<!doctype html><html><body><script>alert(1)</script><a href="https://example.com">x</a></body></html>',
    })
    const response = await fetch(`${inbox.url}/messages/${(await newest(inbox)).id}/body`)
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'")
    expect(policy).toContain('sandbox allow-popups')
    expect(policy).not.toContain('allow-scripts')
    expect(await response.text()).toMatch(/^<!doctype html><base target="_blank"><html>/)
  })

  it('puts pictures of the mail in their places and offers attachments for download', async () => {
    const inbox = await start()
    await send(inbox, {
      html: '<img src="cid:bell@carillon">',
      attachments: [
        { filename: 'bell.png', content: Buffer.from('png'), cid: 'bell@carillon' },
        { filename: '"evil"\u202e<name>.txt', content: 'text' },
      ],
    })
    const { id, attachments } = await newest(inbox)
    expect(attachments).toHaveLength(2)
    expect(await getPage(inbox, `/messages/${id}/body`)).toContain('src="data:image/png;base64,cG5n"')
    const download = await fetch(`${inbox.url}/messages/${id}/attachments/1`)
    expect(download.headers.get('content-type')).toBe('application/octet-stream')
    expect(download.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''%22evil%22%E2%80%AE%3Cname%3E.txt",
    )
    expect(await download.text()).toBe('text')
  })
})

describe('hostile mail', () => {
  const attack = `"><script>alert(1)</script><img src=x onerror=alert(2)>'`

  it('is escaped wherever it is shown', async () => {
    const inbox = await start()
    await send(
      inbox,
      raw(
        `From: "${attack.replaceAll('"', '\\"')}" <a@example.com>\r\nTo: ${attack}\r\nSubject: ${attack}\r\nX-Evil: ${attack}\r\n` +
          `List-Unsubscribe: <javascript:alert(1)>, <https://example.com/"onmouseover="alert(1)>\r\n\r\n${attack} https://example.com/"><script>\r\n`,
      ),
    )
    const { id } = await newest(inbox)
    const search = `/?q=${encodeURIComponent(attack)}`
    const views = ['', '?view=text', '?view=headers', '?view=source'].map((view) => `/messages/${id}${view}`)
    for (const path of ['/', search, ...views]) {
      const page = await getPage(inbox, path)
      expect(page).not.toMatch(/<script|<img|href="javascript|"onmouseover="/i)
    }
    expect(await getPage(inbox, '/')).toContain('&quot;&gt;&lt;script&gt;')
  })

  it.each([
    ['no header at all', '\r\n\r\n'],
    [
      'bytes that are no text',
      Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a, 0x0d, 0x0a, 0x80, 0x81, 0x0d, 0x0a]),
    ],
    [
      'a multipart that never ends',
      'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n',
    ],
    ['a header that is too long', `Subject: ${'\r\n x'.repeat(40_000)}\r\n\r\nbody\r\n`],
    [
      'parts nested beyond reason',
      `Content-Type: multipart/mixed; boundary=b0\r\n\r\n${Array.from({ length: 400 }, (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`).join('')}`,
    ],
    [
      'a wrong charset and encoding',
      'Subject: =?x-none?Q?=ZZ?=\r\nContent-Type: text/html; charset=x-none\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n',
    ],
  ])('does not break the page: %s', async (_name, source) => {
    const inbox = await start()
    await send(inbox, { ...raw(''), raw: source })
    const { id } = await newest(inbox)
    for (const path of ['/', `/messages/${id}`, `/messages/${id}?view=source`, `/messages/${id}/body`]) {
      expect((await fetch(inbox.url + path)).status).toBe(200)
    }
  })

  it('cannot be read through a foreign host name, nor deleted from another site', async () => {
    const inbox = await start()
    await send(inbox, { subject: 'secret', text: 'ok' })
    expect(await statusFor(inbox, 'GET', '/api/messages', { host: 'rebound.example' })).toBe(403)
    expect(await statusFor(inbox, 'POST', '/messages/clear', { 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await statusFor(inbox, 'POST', '/messages/clear', { origin: 'https://evil.example' })).toBe(403)
    expect(await inbox.messages()).toHaveLength(1)
    expect(await statusFor(inbox, 'POST', '/messages/clear', { 'sec-fetch-site': 'same-origin' })).toBe(303)
    expect(await inbox.messages()).toHaveLength(0)
  })

  it('answers unknown addresses and methods without a fuss', async () => {
    const inbox = await start()
    expect((await fetch(`${inbox.url}/messages/0000000000000000`)).status).toBe(404)
    expect((await fetch(`${inbox.url}/messages/..%2f..%2fetc%2fpasswd`)).status).toBe(404)
    expect((await fetch(`${inbox.url}/api/messages`, { method: 'POST' })).status).toBe(405)
    expect((await fetch(`${inbox.url}//x?page=-9`)).status).toBe(404)
  })
})
