import { ConfigError } from './config-error.js'

/** Which mail is recorded instead of sent; for copies of an installation that must not write to anybody. */
export type CaptureRules = {
  /** Whether mail to this address is captured. */
  captures(address: string): boolean
  /** In words, for the notice on every page. */
  words: string
}

/**
 * Reads CAPTURE_MAIL: rules separated by spaces or commas. `*` captures everything, `name@example.org` one address, `@example.org` a domain
 * with its subdomains, `*+test@*` a pattern; a rule that begins with `!` lets mail through, and the last rule that fits decides. Only
 * `!` rules mean: everything but those. Throws `ConfigError` for a rule that is none of these.
 */
export function parseCaptureRules(text: string): CaptureRules | null {
  const rules = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(parseRule)
  if (rules.length === 0) return null
  const isByDefault = rules.every(({ lets }) => lets)
  return {
    captures: (address) => {
      const fits = rules.findLast(({ pattern }) => pattern.test(address.toLowerCase()))
      return fits ? !fits.lets : isByDefault
    },
    words: isByDefault ? `all mail but that to ${text.replaceAll('!', '')}` : `mail to ${text}`,
  }
}

function parseRule(rule: string): { pattern: RegExp; lets: boolean } {
  const lets = rule.startsWith('!')
  const body = (lets ? rule.slice(1) : rule).toLowerCase()
  if (body !== '*' && !/^[^@\s]*@[^@\s]+$/.test(body))
    throw new ConfigError(`CAPTURE_MAIL: “${rule}” is no address, @domain or pattern with an @.`)
  const escaped = body.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  const pattern = body.startsWith('@') ? `^[^@]+@(.*\\.)?${escaped.slice(1)}$` : `^${escaped}$`
  return { pattern: new RegExp(pattern), lets }
}
