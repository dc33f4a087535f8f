import { type AddressInfo, createServer, type Socket } from 'node:net'

/** What the server does instead of a reply. */
export type Deed = 'drop' | 'hang' | 'half-close'
export type Stage = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'content' | 'dot'
/** The reply (or deed) at a stage; null: all is well. `content` is asked when the first byte of a content arrives. */
export type Script = (at: {
  stage: Stage
  /** The command's line. */
  line: string
  /** Whom the message is for, as far as it is known. */
  to: string
  /** Connections and finished messages so far, this one included. */
  connection: number
  message: number
}) => string | Deed | null

export type ScriptedServer = {
  port: number
  /** Contents that ended with a dot, as they came over the wire. */
  received: { to: string; from: string; content: string }[]
  connections(): number
  /** Every piece of input as it arrived, to see what came in one write. */
  pieces: string[]
  close(): Promise<void>
}

const WELL: Record<Stage, string | null> = {
  greeting: '220 ready',
  EHLO: null,
  MAIL: '250 2.1.0 ok',
  RCPT: '250 2.1.5 ok',
  DATA: '354 go on',
  content: null,
  dot: '250 2.0.0 queued',
}

/** An SMTP server that answers as it is told, and copes with pipelined commands in any pieces. */
export async function startScriptedSmtp(
  script: Script = () => null,
  extensions: readonly string[] = ['PIPELINING', '8BITMIME', 'SIZE 1000000'],
): Promise<ScriptedServer> {
  const sockets = new Set<Socket>()
  const state = {
    connections: 0,
    messages: 0,
    received: [] as ScriptedServer['received'],
    pieces: [] as string[],
  }
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    converse(socket, { script, extensions, state, connection: ++state.connections })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    received: state.received,
    pieces: state.pieces,
    connections: () => state.connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

type Talk = {
  script: Script
  extensions: readonly string[]
  connection: number
  state: { messages: number; received: ScriptedServer['received']; pieces: string[] }
}

function converse(socket: Socket, { script, extensions, connection, state }: Talk): void {
  let rest = ''
  let inContent = false
  let isDone = false
  const envelope = { from: '', to: '' }
  const answer = (stage: Stage, line: string): string => {
    const said = script({ stage, line, to: envelope.to, connection, message: state.messages }) ?? WELL[stage]
    if (said === null || isDone) return ''
    if (said === 'drop') socket.destroy()
    else if (said === 'half-close') socket.end()
    else if (said !== 'hang') socket.write(`${said}\r\n`)
    if (said === 'drop' || said === 'hang' || said === 'half-close' || said.startsWith('421')) isDone = true
    if (said.startsWith('421')) socket.end()
    return said
  }
  const command = (line: string) => {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') {
      if (!answer('EHLO', line))
        socket.write(`250-here\r\n${extensions.map((name) => `250-${name}\r\n`).join('')}250 HELP\r\n`)
    } else if (verb === 'MAIL') {
      envelope.from = /<(.*?)>/.exec(line)?.[1] ?? ''
      envelope.to = ''
      answer('MAIL', line)
    } else if (verb === 'RCPT') {
      if (answer('RCPT', line).startsWith('2')) envelope.to = /<(.*?)>/.exec(line)?.[1] ?? ''
    } else if (verb === 'DATA') {
      if (envelope.to === '' && !script({ stage: 'DATA', line, to: '', connection, message: state.messages }))
        socket.write('503 5.5.1 nobody to send to\r\n')
      else inContent = answer('DATA', line).startsWith('354')
      if (inContent) answer('content', '')
    } else if (verb === 'QUIT') socket.end('221 bye\r\n')
    else socket.write('250 ok\r\n')
  }
  socket.setNoDelay(true)
  socket.on('error', () => undefined)
  socket.on('end', () => socket.end())
  answer('greeting', '')
  socket.on('data', (piece) => {
    state.pieces.push(piece.toString('latin1'))
    rest += piece.toString('latin1')
    for (;;) {
      if (isDone) return
      const ending = !inContent ? '\r\n' : rest.startsWith('.\r\n') ? '.\r\n' : '\r\n.\r\n'
      const at = rest.indexOf(ending)
      if (at < 0) return
      const text = rest.slice(0, at)
      rest = rest.slice(at + ending.length)
      if (!inContent) {
        command(text)
        continue
      }
      inContent = false
      state.messages++
      if (text !== '') state.received.push({ ...envelope, content: text })
      answer('dot', '')
    }
  })
}
