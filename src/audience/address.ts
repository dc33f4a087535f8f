import { domainToASCII, domainToUnicode } from 'node:url'

/** One addr-spec. `email` is shown and written to; `key` is the comparable form: lower case, domain as A-label. */
export type Address = { email: string; key: string; needsSmtpUtf8: boolean }

/** What kind of thing is wrong with an address, for those who say it in another language. */
export type AddressFault = 'empty' | 'shape' | 'long'
type Fault = { problem: string; fault: AddressFault }

const LOCAL_MAX_OCTETS = 64
const DOMAIN_MAX_OCTETS = 255
const ADDRESS_MAX_OCTETS = 254
// RFC 5322 atext plus the non-ASCII of RFC 6531 §3.3; no quoted local parts, so no comma, bracket or quote ever.
const LOCAL_PART =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\u{10ffff}-]+)*$/u
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/

/** Reads exactly one address (RFC 5321 §4.5.3.1 lengths), or says in a plain sentence what is wrong with it. */
export function parseAddress(text: string): Address | Fault {
  const typed = text.trim().normalize('NFC')
  const at = typed.lastIndexOf('@')
  const problem = problemOf(typed, at)
  if (problem) return { problem, fault: typed === '' ? 'empty' : 'shape' }
  const local = typed.slice(0, at)
  const host = domainToASCII(typed.slice(at + 1))
  if (!HOST.test(host))
    return { problem: 'The part after the @ must be a domain such as example.org.', fault: 'shape' }
  const email = `${local}@${domainToUnicode(host)}`
  const key = `${lowerCase(local)}@${host}`
  if (isTooLong(lowerCase(local), host) || isTooLong(local, host))
    return { problem: 'This address is too long to be an e-mail address.', fault: 'long' }
  return { email, key, needsSmtpUtf8: !isAscii(local) }
}

/** The address as SMTP wants it: the domain as A-label (RFC 5891 §2.3.2.1). */
export function wireAddress(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, at)}@${domainToASCII(email.slice(at + 1))}`
}

/** Enough of an address for its owner to recognise it, not enough for anybody else: m***@e***, which may end a sentence. */
export function maskAddress(email: string): string {
  const at = email.lastIndexOf('@')
  const first = (text: string) => [...text][0] ?? ''
  return `${first(email)}***@${first(email.slice(at + 1))}***`
}

function problemOf(typed: string, at: number): string | null {
  if (typed === '') return 'Please enter an e-mail address.'
  if (/[\p{C}\p{Z}]/u.test(typed)) return 'An e-mail address has no spaces or invisible characters.'
  if (/[,;<>()"[\]:\\]/.test(typed))
    return 'Please enter one plain address, without names, commas or brackets.'
  if (at < 1 || at === typed.length - 1 || typed.indexOf('@') !== at)
    return 'An e-mail address looks like name@example.org.'
  if (!LOCAL_PART.test(typed.slice(0, at)))
    return 'The part before the @ must not begin or end with a dot, nor hold two dots in a row.'
  if (typed.includes('%', at)) return 'The part after the @ must be a domain such as example.org.'
  return null
}

function lowerCase(local: string): string {
  return local.toLowerCase().normalize('NFC')
}

function isTooLong(local: string, host: string): boolean {
  const octets = Buffer.byteLength(local)
  return (
    octets > LOCAL_MAX_OCTETS ||
    host.length > DOMAIN_MAX_OCTETS ||
    octets + 1 + host.length > ADDRESS_MAX_OCTETS
  )
}

function isAscii(text: string): boolean {
  return !/[^ -~]/.test(text)
}
