import type { SmtpReply } from './mailer.js'
import * as words from './reply-words.js'

/** Whom and what a refusal is about; it decides about retry, suppression and alarm. */
export type ReplyClass =
  /** The mailbox does not exist: suppress. */
  | 'hard'
  /** Probably the same, but servers also say it in passing: suppress when it comes again another day. */
  | 'hard-if-repeated'
  /** Passing trouble of the mailbox or its server: count. */
  | 'soft'
  /** The mailbox is full. */
  | 'full'
  /** The server wants us to come back in some minutes. */
  | 'greylisted'
  /** Too much or too fast for that provider: slow down for all its mailboxes. */
  | 'throttled'
  /** Our reputation or their rules: never suppress, warn. */
  | 'policy'
  /** This mail is too large or malformed for them. */
  | 'content'
  /** The address needs SMTPUTF8 (RFC 6531) and the way there has none. */
  | 'unsupported'
  /** Our configuration: sender, authentication, TLS, SPF, DKIM, DMARC, relaying. */
  | 'ours'

type Words = Pick<SmtpReply, 'stage' | 'code' | 'enhancedCode' | 'text'>
type Rule = {
  stage?: SmtpReply['stage']
  code?: RegExp
  /** Subject and detail of the enhanced code (RFC 3463) without its class digit; '' when there is none. */
  detail?: RegExp
  /** One of both must be found: words in `plainWords`, a mark in the raw text. */
  says?: RegExp
  mark?: RegExp
  unless?: RegExp
  is: ReplyClass
}

const either = (...patterns: readonly RegExp[]) =>
  new RegExp(patterns.map(({ source }) => source).join('|'), 'iu')
const { UNKNOWN, UNKNOWN_MARK, CLOSED, CLOSED_MARK, LOCKED, UNWELCOME, UNWELCOME_MARK, NOT_FOR_GOOD } = words
const NOT_OURS_TO_MEND = either(UNWELCOME, UNKNOWN)
const NOT_FOR_SURE = either(UNWELCOME, NOT_FOR_GOOD)

/** What the code itself, or one provider's own mark, settles whatever else is said. */
const SETTLED: readonly Rule[] = [
  { mark: words.INSIDE_ONLY_MARK, is: 'policy' },
  { code: /^5(03|25|30|34|35|38)$/, is: 'ours' },
  { code: /^4/, says: words.GREYLISTED, unless: words.TOO_MUCH, is: 'greylisted' },
  { says: words.READER_GETS_TOO_MUCH, mark: words.READER_RATE_MARK, is: 'soft' },
  { detail: /^(7\.28|7\.(500|65\d)|1\.90)$/, is: 'throttled' },
  { says: words.TOO_MUCH, mark: words.TOO_MUCH_MARK, unless: UNKNOWN, is: 'throttled' },
  { detail: /^4\.(6|7|14|300)$/, is: 'soft' },
  { code: /^4/, detail: /^4\./, is: 'soft' },
  { detail: /^6\.([789]|10)$/, is: 'unsupported' },
  { says: words.NEEDS_UTF8, unless: UNKNOWN, is: 'unsupported' },
  // IANA: the mailbox or its domain has another owner than at the sign-up (RFC 7293).
  { detail: /^7\.1[78]$/, is: 'hard' },
  // Sender authentication. Google gave 7.27 to 7.32 meanings of its own (SPF, PTR, TLS, DKIM, DMARC); IANA's concern us as well.
  { detail: /^7\.(2\d|3[0-2]|40|509|515)$/, is: 'ours' },
  { detail: /^7\.([89]|1[0-4]|5[47]|6[04]|139|750)$/, is: 'ours' },
  { detail: /^1\.[78]$/, is: 'ours' },
]

/** Codes with one meaning, after the words that are known to contradict them (IANA's enhanced status codes, RFC 3463). */
const BY_CODE: readonly Rule[] = [
  { detail: /^2\.2$/, is: 'full' },
  { detail: /^(2\.3|3\.3|3\.4|7\.512)$/, is: 'content' },
  { detail: /^6\./, is: 'content' },
  { detail: /^3\.1$/, is: 'soft' },
  { detail: /^7\.0$/, code: /^552$/, is: 'content' },
  { says: words.OUR_SENDER, unless: UNWELCOME, is: 'ours' },
  { says: words.OURS, mark: words.OURS_MARK, unless: NOT_OURS_TO_MEND, is: 'ours' },
  { says: words.FULL, mark: words.FULL_MARK, unless: either(UNWELCOME, words.UNFIT), is: 'full' },
  { mark: UNWELCOME_MARK, is: 'policy' },
  { detail: /^([1257]\.|0\.0|3\.0|$)/, says: UNWELCOME, is: 'policy' },
  // RFC 7504 and 7505: a host or domain that takes no mail at all.
  { code: /^5(21|56)$/, detail: /^(|0\.0|1\.(1|2|10)|3\.[02])$/, unless: words.NOT_ALLOWED, is: 'hard' },
  { detail: /^1\.10$/, unless: NOT_FOR_GOOD, is: 'hard' },
  { detail: /^1\.[136]$/, says: UNKNOWN, mark: UNKNOWN_MARK, unless: NOT_FOR_GOOD, is: 'hard' },
  { detail: /^1\.[136]$/, says: LOCKED, is: 'hard-if-repeated' },
  { detail: /^1\.[136]$/, says: words.UNFIT, unless: CLOSED, is: 'content' },
  { detail: /^1\.[136]$/, says: words.VAGUE_RECIPIENT, unless: words.BY_RULE, is: 'hard' },
  { detail: /^1\.[136]$/, says: words.NOT_ALLOWED, unless: CLOSED, is: 'policy' },
  { detail: /^1\.[136]$/, unless: NOT_FOR_GOOD, is: 'hard' },
  { detail: /^(1\.2|4\.4|4\.31[02])$/, is: 'hard-if-repeated' },
  { detail: /^2\.1$/, says: UNKNOWN, mark: UNKNOWN_MARK, unless: NOT_FOR_GOOD, is: 'hard' },
  { detail: /^2\.1$/, says: CLOSED, mark: CLOSED_MARK, unless: NOT_FOR_GOOD, is: 'hard' },
  { detail: /^2\.1$/, says: LOCKED, unless: NOT_FOR_GOOD, is: 'hard-if-repeated' },
  // Microsoft answers so for mailboxes it does not know, and now and then while a directory is being copied.
  { detail: /^(4\.1|1\.4)$/, says: words.DIRECTORY_SAYS_NO, is: 'hard-if-repeated' },
  { detail: /^4\.1$/, says: UNKNOWN, mark: UNKNOWN_MARK, is: 'hard-if-repeated' },
  { detail: /^4\./, is: 'soft' },
  { detail: /^3\.[25]$/, is: 'soft' },
  { detail: /^7\./, says: UNKNOWN, mark: UNKNOWN_MARK, unless: NOT_FOR_GOOD, is: 'hard' },
  { detail: /^7\./, says: either(CLOSED, LOCKED), unless: NOT_FOR_GOOD, is: 'hard-if-repeated' },
  { detail: /^7\./, says: words.UNFIT, is: 'content' },
  { code: /^4/, detail: /^7\.[01]$/, unless: words.NOT_ALLOWED, is: 'greylisted' },
  { detail: /^7\./, is: 'policy' },
]

/** Where the codes say little or nothing the words decide; what nobody can read counts as passing. */
const BY_WORDS: readonly Rule[] = [
  { code: /^4/, says: words.SYSTEM_FULL, is: 'soft' },
  { code: /^5/, says: words.NULL_MX, is: 'hard' },
  { says: UNKNOWN, mark: UNKNOWN_MARK, unless: NOT_FOR_SURE, is: 'hard' },
  { says: CLOSED, mark: CLOSED_MARK, unless: NOT_FOR_SURE, is: 'hard' },
  { says: LOCKED, unless: NOT_FOR_SURE, is: 'hard-if-repeated' },
  { says: words.NO_DOMAIN, is: 'hard-if-repeated' },
  { says: words.UNFIT, is: 'content' },
  // Microsoft’s consumer mailboxes answer so for a mailbox that does not exist.
  {
    detail: /^5\.0$/,
    says: words.VAGUE_RECIPIENT,
    mark: /S2017062302/,
    unless: words.NOT_ALLOWED,
    is: 'hard-if-repeated',
  },
  { stage: 'recipient', says: words.VAGUE_RECIPIENT, unless: words.BY_RULE, is: 'hard-if-repeated' },
  { says: words.NOT_ALLOWED, is: 'policy' },
  { code: /^552$/, is: 'full' },
  { stage: 'recipient', code: /^55[13]$/, is: 'hard-if-repeated' },
  { code: /^45[01]$/, detail: /^$/, says: words.TRY_LATER, unless: words.THEIR_TROUBLE, is: 'greylisted' },
  { code: /^554$/, detail: /^$/, is: 'policy' },
]

/** First match wins. */
const RULES: readonly Rule[] = [...SETTLED, ...BY_CODE, ...BY_WORDS]

/**
 * What a refusal means (RFC 3463, IANA's enhanced status codes, and what large providers made of them). The stage decides first,
 * then the basic code says whether it passes, then the table. Nothing that may pass is ever `hard`.
 */
export function classifyReply(reply: Words): ReplyClass {
  if (reply.stage === 'connect' || reply.stage === 'auth' || reply.stage === 'mail-from') return 'ours'
  if (reply.code === null) return reply.stage === 'compose' ? 'content' : 'soft'
  const found = RULES.find(matcherOf(reply))?.is ?? 'soft'
  const mayPass = reply.code < 500
  return mayPass && (found === 'hard' || found === 'hard-if-repeated') ? 'soft' : found
}

function matcherOf({ stage, code: basic, enhancedCode, text }: Words): (rule: Rule) => boolean {
  const code = String(basic)
  const detail = (enhancedCode ?? enhancedCodeIn(text))?.replace(/^\d\./, '') ?? ''
  const said = words.plainWords(text)
  return (rule) =>
    (rule.stage ?? stage) === stage &&
    (rule.code?.test(code) ?? true) &&
    (rule.detail?.test(detail) ?? true) &&
    ((!rule.says && !rule.mark) || !!rule.says?.test(said) || !!rule.mark?.test(text)) &&
    !rule.unless?.test(said)
}

/** The enhanced code of a reply (RFC 2034): after the basic code, or where qmail and others put it; never part of an IP address. */
export function enhancedCodeIn(text: string): string | null {
  return /(?<![\d.])[245]\.[0-7]\.\d{1,3}(?!\.?\d)/.exec(text)?.[0] ?? null
}
