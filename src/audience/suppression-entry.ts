import { domainToASCII } from 'node:url'
import { parseAddress } from './address.js'

/** What is to be suppressed: a comparable address, or a domain as A-label, with everything below it or without. */
export type SuppressionEntry = { emailKey: string } | { domain: string; includesSubdomains: boolean }

const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/
const DOMAIN_MAX_OCTETS = 253

/** Reads an address, or a domain written as example.org, @example.org or, with every domain below it, *.example.org; or says what is wrong with it. */
export function parseSuppressionEntry(text: string): SuppressionEntry | { problem: string } {
  const typed = text.trim()
  const includesSubdomains = /^@?\*\./.test(typed)
  const host = typed.replace(/^@?(\*\.)?/, '')
  if (host.includes('@')) {
    const address = parseAddress(typed)
    return 'problem' in address ? { problem: address.problem } : { emailKey: address.key }
  }
  const domain = /[\s%/:?#]/.test(host) ? '' : domainToASCII(host.normalize('NFC'))
  if (!HOST.test(domain) || domain.length > DOMAIN_MAX_OCTETS)
    return { problem: 'Write an address such as name@example.org, or a domain such as example.org.' }
  return { domain, includesSubdomains }
}
