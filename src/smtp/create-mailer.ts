import type { DkimSigner } from './dkim/dkim-signer.js'
import type { Mail, Mailer, Outcome } from './mailer.js'
import { createNodemailerTransport, type NodemailerTransport } from './nodemailer-mailer.js'
import type { Relay } from './relay/relay.js'
import { RelayPool, type RelayPoolOptions } from './relay/relay-pool.js'

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

/** The same on nodemailer alone, for mail servers that cannot be pipelined to. */
export function createPlainMailer({
  relays,
  dkim,
}: Signing & { relays: readonly [Relay, ...Relay[]] }): Mailer {
  const transports = relays.map((relay) => createNodemailerTransport(relay, dkim))
  const [first] = transports as [NodemailerTransport]
  return {
    send: (mail) => sendByFirst(transports, mail),
    deliver: (message) => first.deliver(message),
    connections: relays[0].connections,
    restsUntil: () => null,
    rest: () => undefined,
    watch: () => undefined,
    close: async () => {
      for (const transport of transports) transport.close()
    },
  }
}

async function sendByFirst(transports: readonly NodemailerTransport[], mail: Mail): Promise<Outcome> {
  let outcome: Outcome | null = null
  for (const transport of transports) {
    outcome = await transport.send(mail)
    if (outcome.kind !== 'unavailable') break
  }
  return outcome as Outcome
}
