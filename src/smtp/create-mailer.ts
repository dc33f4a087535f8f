import type { DkimSigner } from './dkim/dkim-signer.js'
import type { Mail, Mailer, Outcome, WireMessage } from './mailer.js'
import { createNodemailerTransport, type NodemailerTransport } from './nodemailer-mailer.js'
import type { Relay } from './relay/relay.js'
import { RelayPool, type RelayPoolOptions } from './relay/relay-pool.js'
import { earliestRest, isOfReader, RESTING, RelayRest } from './relay/relay-rest.js'

/** Signers by sender domain, for the mail that is composed here; messages of issues come signed. */
type Signing = { dkim?: ReadonlyMap<string, DkimSigner> }

/** The mailer of a process: issues go through pipelined connections to all relays, single mails through nodemailer, relay after relay. */
export function createMailer(options: RelayPoolOptions & Signing): Mailer {
  const pool = new RelayPool(options)
  const transports = options.relays.map((relay) => createNodemailerTransport(relay, options.dkim))
  return {
    send: (mail) => sendByFirst(transports, mail),
    deliver: (message) => pool.deliver(message),
    connections: pool.connections,
    restsUntil: () => pool.restsUntil(),
    rest: (relay, until) => pool.rest(relay, until),
    watch: (watcher) => pool.watch(watcher),
    close: async () => {
      for (const transport of transports) transport.close()
      await pool.close()
    },
  }
}

/** The same on nodemailer alone, for mail servers that cannot be pipelined to; one after the other, the first that does not rest. */
export function createPlainMailer({
  relays,
  dkim,
  now,
}: Signing & { relays: readonly [Relay, ...Relay[]]; now(): Date }): Mailer {
  const lines = relays.map((relay) => ({
    transport: createNodemailerTransport(relay, dkim),
    rest: new RelayRest(relay.name, now),
  }))
  const transports = lines.map(({ transport }) => transport)
  return {
    send: (mail) => sendByFirst(transports, mail),
    deliver: (message) => deliverByFirst(lines, message),
    connections: relays[0].connections,
    restsUntil: () => earliestRest(lines.map(({ rest }) => rest)),
    rest: (relay, until) => lines.find(({ rest }) => rest.name === relay)?.rest.set(until),
    watch: (watcher) => {
      for (const { rest } of lines) rest.watch(watcher)
    },
    close: async () => {
      for (const transport of transports) transport.close()
    },
  }
}

type PlainLine = { transport: NodemailerTransport; rest: RelayRest }

async function deliverByFirst(lines: readonly PlainLine[], message: WireMessage): Promise<Outcome> {
  let outcome: Outcome | null = null
  for (const { transport, rest } of lines) {
    if (rest.isResting) continue
    outcome = await transport.deliver(message)
    rest.note(outcome)
    if (outcome.kind !== 'unavailable' || isOfReader(outcome.reply)) return outcome
  }
  return outcome ?? { kind: 'unavailable', reply: lines[0]?.rest.trouble ?? RESTING }
}

async function sendByFirst(transports: readonly NodemailerTransport[], mail: Mail): Promise<Outcome> {
  let outcome: Outcome | null = null
  for (const transport of transports) {
    outcome = await transport.send(mail)
    if (outcome.kind !== 'unavailable') break
  }
  return outcome as Outcome
}
