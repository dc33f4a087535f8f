import type { WireMessage } from '../mailer.js'
import type { Session } from './open-session.js'

type Offers = Pick<Session, 'size' | 'eightBitMime' | 'dsn'>

/**
 * MAIL and RCPT of a message with the parameters that the server offers: SIZE (RFC 1870), SMTPUTF8 (RFC 6531), and DSN (RFC 3461), which
 * has a bounce name the delivery and the address as we know it, whoever forwards the mail.
 */
export function envelopeCommands(
  { envelope, size, needsSmtpUtf8, envelopeId }: WireMessage,
  offers: Offers,
): { mail: string; recipient: string } {
  const sizeParameter = offers.size.offered ? ` SIZE=${size}` : ''
  const utf8Parameters = needsSmtpUtf8 ? `${offers.eightBitMime ? ' BODY=8BITMIME' : ''} SMTPUTF8` : ''
  const isTraced = offers.dsn && envelopeId !== null
  const sender = isTraced ? ` RET=HDRS ENVID=${xtext(envelopeId)}` : ''
  const recipient = isTraced ? ` NOTIFY=FAILURE,DELAY${originalRecipient(envelope.to, needsSmtpUtf8)}` : ''
  return {
    mail: `MAIL FROM:<${envelope.from}>${sizeParameter}${utf8Parameters}${sender}\r\n`,
    recipient: `RCPT TO:<${envelope.to}>${recipient}\r\n`,
  }
}

// An address with other letters has a form of its own (RFC 6533 §3), which few servers can read.
function originalRecipient(address: string, isUtf8: boolean): string {
  return isUtf8 ? '' : ` ORCPT=rfc822;${xtext(address)}`
}

/** RFC 3461 §4: what is not a printable ASCII character, and "+" and "=", as "+" and two hexadecimal digits. */
function xtext(text: string): string {
  return text.replace(/[^!-*,-<>-~]/g, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `+${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  )
}
