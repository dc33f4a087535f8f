import { createSocket } from 'node:dgram'

/** Records by kind and name: `TXT example.org` → texts, `MX example.org` → names of exchanges. */
export type Zone = ReadonlyMap<string, readonly string[]>

export type DnsServer = { address: string; asked: string[]; close(): Promise<void> }

const KINDS: Readonly<Record<number, string>> = { 1: 'A', 15: 'MX', 16: 'TXT', 28: 'AAAA' }
const NO_ERROR = 0x8180
const SERVER_FAILURE = 0x8182
const NO_SUCH_NAME = 0x8183

/** A name server of this process on UDP (RFC 1035); a zone entry `FAIL name` makes it fail for that name. */
export async function startDnsServer(zone: Zone): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, { port, address }) => {
    const { name, kind, end } = question(query)
    asked.push(`${kind} ${name}`)
    socket.send(answerTo(query, { zone, name, kind, end }), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

function question(query: Buffer): { name: string; kind: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString('latin1'))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), kind: KINDS[query.readUInt16BE(at + 1)] ?? '?', end: at + 5 }
}

type Asked = { zone: Zone; name: string; kind: string; end: number }

function answerTo(query: Buffer, { zone, name, kind, end }: Asked): Buffer {
  const records = zone.get(`${kind} ${name}`) ?? []
  const isKnown = [...zone.keys()].some((key) => key.endsWith(` ${name}`))
  const flags = zone.has(`FAIL ${name}`) ? SERVER_FAILURE : isKnown ? NO_ERROR : NO_SUCH_NAME
  const header = Buffer.alloc(12)
  query.copy(header, 0, 0, 2)
  header.writeUInt16BE(flags, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(records.length, 6)
  const type = query.subarray(end - 4, end - 2)
  const answers = records.map((record) => {
    const body = bodyOf(kind, record)
    const head = Buffer.alloc(12)
    // The name of the question, class IN, a minute to live.
    head.writeUInt16BE(0xc00c, 0)
    type.copy(head, 2)
    head.writeUInt16BE(1, 4)
    head.writeUInt32BE(60, 6)
    head.writeUInt16BE(body.length, 10)
    return Buffer.concat([head, body])
  })
  return Buffer.concat([header, query.subarray(12, end), ...answers])
}

function bodyOf(kind: string, record: string): Buffer {
  if (kind === 'TXT') {
    // Long texts come in pieces of at most 255 bytes (RFC 1035 §3.3.14).
    const pieces = record.match(/[^]{1,255}/g) ?? ['']
    return Buffer.concat(
      pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])),
    )
  }
  if (kind === 'A') return Buffer.from(record.split('.').map(Number))
  const name = record.split('.').filter(Boolean)
  const labels = name.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]))
  return Buffer.concat([Buffer.from([0, 10]), ...labels, Buffer.from([0])])
}
