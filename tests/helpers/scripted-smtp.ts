import { type AddressInfo, createServer, type Socket } from 'node:net'

/** What the server does instead of a reply; `slow N` replies as it should, N milliseconds later. */
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
  /** Cuts the connections on which it hangs. */
  dropHanging(): void
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
  { keeps } = { keeps: true },
): Promise<ScriptedServer> {
  const sockets = new Set<Socket>()
  const state: State = { messages: 0, received: [], pieces: [], hanging: new Set() }
  let connections = 0
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    converse(socket, { script, extensions, state, keeps, connection: ++connections })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    received: state.received,
    pieces: state.pieces,
    connections: () => connections,
    dropHanging: () => {
      for (const socket of state.hanging) socket.destroy()
      state.hanging.clear()
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

type State = {
  messages: number
  received: Pick<ScriptedServer['received'][number], 'to' | 'from' | 'content'>[]
  pieces: string[]
  hanging: Set<Socket>
}
type Talk = {
  keeps: boolean
  script: Script
  extensions: readonly string[]
  connection: number
  state: State
}

function converse(socket: Socket, talk: Talk): void {
  const { script, extensions, connection, state, keeps } = talk
  let rest = ''
  let inContent = false
  let isDone = false
  let isReading = false
  let isRefused = false
  const envelope = { from: '', to: '' }
  const answer = async (stage: Stage, line: string): Promise<string> => {
    let said = script({ stage, line, to: envelope.to, connection, message: state.messages }) ?? WELL[stage]
    if (said?.startsWith('slow ')) {
      await new Promise((resolve) => setTimeout(resolve, Number(said?.slice(5))))
      said = WELL[stage]
    }
    if (said === null || isDone) return ''
    if (said === 'drop') socket.destroy()
    else if (said === 'half-close') socket.end()
    else if (said === 'hang') state.hanging.add(socket)
    else socket.write(`${said}\r\n`)
    if (DEEDS.has(said) || said.startsWith('421')) isDone = true
    if (said.startsWith('421')) socket.end()
    return said
  }
  const command = async (line: string) => {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') {
      if (!(await answer('EHLO', line)))
        socket.write(`250-here\r\n${extensions.map((name) => `250-${name}\r\n`).join('')}250 HELP\r\n`)
    } else if (verb === 'MAIL') {
      envelope.from = /<(.*?)>/.exec(line)?.[1] ?? ''
      envelope.to = ''
      await answer('MAIL', line)
    } else if (verb === 'RCPT') {
      if ((await answer('RCPT', line)).startsWith('2')) envelope.to = /<(.*?)>/.exec(line)?.[1] ?? ''
    } else if (verb === 'DATA') {
      if (envelope.to === '' && !script({ stage: 'DATA', line, to: '', connection, message: state.messages }))
        socket.write('503 5.5.1 nobody to send to\r\n')
      else inContent = (await answer('DATA', line)).startsWith('354')
      if (inContent) isRefused = DIGITS.test(await answer('content', ''))
    } else if (verb === 'QUIT') socket.end('221 bye\r\n')
    else socket.write('250 ok\r\n')
  }
  const read = async () => {
    while (!isDone) {
      const ending = !inContent ? '\r\n' : rest.startsWith('.\r\n') ? '.\r\n' : '\r\n.\r\n'
      const at = rest.indexOf(ending)
      if (at < 0) return
      const text = rest.slice(0, at)
      rest = rest.slice(at + ending.length)
      if (!inContent) {
        await command(text)
        continue
      }
      inContent = false
      state.messages++
      if (text !== '' && keeps) state.received.push({ ...envelope, content: text })
      // What was answered early is over: the end of the content is not answered again.
      if (!isRefused) await answer('dot', '')
    }
  }
  socket.setNoDelay(true)
  socket.on('error', () => undefined)
  socket.on('end', () => socket.end())
  void answer('greeting', '')
  socket.on('data', (piece) => {
    if (keeps) state.pieces.push(piece.toString('latin1'))
    rest += piece.toString('latin1')
    if (isReading) return
    isReading = true
    void read().finally(() => {
      isReading = false
    })
  })
}

const DIGITS = /^\d/
const DEEDS = new Set<string>(['drop', 'hang', 'half-close'] satisfies Deed[])
