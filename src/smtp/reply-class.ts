import type { SmtpReply } from './mailer.js'

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
  code?: RegExp
  /** Subject and detail of the enhanced code (RFC 3463), without its class digit. */
  detail?: RegExp
  text?: RegExp
  not?: RegExp
  is: ReplyClass
}

const UNKNOWN =
  /\b(user|recipients?|mail ?box|address(ee)?|account|alias|customer|person|login)\b.{0,60}\b(unknown|not (be )?(found|known|exist\w*|listed|valid|local)|do(es)? ?n['o]t exist|doesn.t have|invalid|unrouteable)|\b(unknown|no such|invalid|non-?existent|bad( destination)?|unrouteable) (local |virtual )?(user|recipient|mail ?box|address|account|destination|person|domain user|customer|relay recipient)|no (mail ?box|user|account|recipient) (here|by that name|with that|found)|not a (valid|known) (user|mail ?box|recipient|address)|user (doesn.t|does not)|doesn.t have a[n]? .{0,30}account|recipient not found|unknown or illegal alias|vrt ?unknown|invalid rcpt|(existiert|ist) nicht|nicht (bekannt|gefunden|vorhanden|existent)|unbekannt|inconnu|n.existe pas|inexistant|no existe|desconocid|non esiste|sconosciut|n[aã]o existe|desconhecid|onbekend|bestaat niet|nie istnieje|nieznany|не существует|не найден/i
const GONE =
  /\b(mail ?box|account|user|address|recipient|alias|customer)\b.{0,60}\b(disabled|inactive|deactivated|suspended|closed|expired|deleted|terminated|blocked by (its|the) owner|discontinued|abandoned|no longer (active|valid|exists?|in use|available|accepts?|on))|\b(disabled|inactive|deactivated|closed|deleted) (mail ?box|account|user|recipient)/i
const OWN =
  /relay(ing)?( access)? (is )?(denied|prohibited|not (permitted|allowed))|(unable|not permitted|not allowed|cannot|won.t) to relay|we do not relay|authenticat\w+ (is )?required|not authenticated|unauthenticated (mail|email)|must (issue|use)( a)? starttls|starttls (is )?(required|first)|\b(spf|dkim|dmarc)\b|sender (address|domain)?.{0,20}(rejected|denied|not (allowed|authori[sz]ed|exist|verified|found)|invalid|unknown)|sender verif\w+ fail|ptr record|reverse dns|fcrdns|helo .{0,20}(reject|invalid|denied)/i
const BLOCKED =
  /spam|junk|\bblock(ed|ing|list\w*)?\b|black-?\s?list|deny-?\s?list|reputation|\b(dns|r)bl\b|abus|policy|polic(y|ies)|unsolicited|\(?(NOWL|BL)\)|\bbanned\b|suspicious|phish|virus|malware|listed (in|at|by|on)|bad (ip|host)|access denied|not accepted from|refus(ed|ing).{0,30}\b(ip|host|connection|you)\b|content (filter|reject)|prohibited|complaint|unwanted|barracuda|cloudmark|proofpoint|mimecast|trustwave/i
const TOO_FAST =
  /rate[ -]?(limit|control)|too (many|much) (messages|mails?|emails?|connections?|sessions?|concurrent|traffic)|throttl|\bTSS?\d\d\b|\bRP-00\d\b|unusual rate|unexpected volume|temporarily deferred due to|exceed\w*.{0,40}\b(rate|messages? (per|limit)|connection)|slow down|sending (limit|too)|4\.7\.28/i
const PER_READER_RATE = /receiving mail (at a rate|too quickly)|recipient.{0,30}(rate|too quickly)/i
const GREY =
  /gr[ea]y[ -]?list|postgrey|first time|try again (later )?(in|after) \d+|(delayed|defer\w*) (for|by) \d+ (sec|min)/i
const FULL =
  /\b(mail ?box|inbox|mail ?drop|account|recipient|user|storage|quota|Postfach)\b.{0,60}\b(full|voll|exceed\w*|over|limit|too large|reached)|over ?quota|quota (is )?(exceeded|full)|exceeded? .{0,30}(quota|storage)|out of (storage|space)|insufficient .{0,20}(storage|space)|pleine?\b|llen[oa]\b|piena\b/i
const TOO_LARGE =
  /\b(message|mail|email|size|attachment|header)s?\b.{0,50}\b(too (big|large|long)|exceed\w*|limit|maximum)|too large|exceeds .{0,20}size/i
const UTF8 = /smtputf8|internationali[sz]ed|\beai\b|non-?ascii (address|local|recipient|mailbox)/i
const NO_DOMAIN =
  /(domain|host)( name)?.{0,30}(not found|unknown|no(t| such) exist|does not exist|nxdomain|unresolv)|no such (domain|host)|null mx|does not accept mail/i

/** First match wins; rules of one code stand together, the exception before the rule. */
const RULES: readonly Rule[] = [
  { code: /^(530|534|535|538|503)$/, is: 'ours' },
  { code: /^(521|556)$/, not: BLOCKED, is: 'hard' },
  { text: UTF8, is: 'unsupported' },
  { detail: /^6\.(7|9)$/, is: 'unsupported' },
  { detail: /^7\.28$/, text: TOO_FAST, is: 'throttled' },
  { code: /^4/, detail: /^7\.28$/, is: 'throttled' },
  // Google gave these numbers meanings of its own: SPF, PTR, TLS, DKIM. IANA's are the next two rules.
  { detail: /^7\.(2[3-9]|3[0-2]|40)$/, text: /gsmtp/i, is: 'ours' },
  { detail: /^7\.27$/, is: 'hard' },
  { detail: /^7\.(17|18)$/, is: 'hard' },
  { detail: /^7\.(2[0-6]|29|3\d|40|509|515|8|9|10|11|14)$/, is: 'ours' },
  { detail: /^1\.[78]$/, is: 'ours' },
  { code: /^4/, text: GREY, is: 'greylisted' },
  { text: PER_READER_RATE, is: 'soft' },
  { text: TOO_FAST, not: UNKNOWN, is: 'throttled' },
  { detail: /^2\.2$/, is: 'full' },
  { detail: /^(2\.3|3\.4)$/, is: 'content' },
  { detail: /^6\./, is: 'content' },
  { detail: /^1\.(1|3|6|10)$/, text: BLOCKED, not: UNKNOWN, is: 'policy' },
  { detail: /^1\.(1|6|10)$/, text: OWN, not: UNKNOWN, is: 'ours' },
  { detail: /^1\.(1|3|6|10)$/, is: 'hard' },
  { detail: /^(1\.2|4\.4)$/, is: 'hard-if-repeated' },
  { detail: /^2\.1$/, text: GONE, is: 'hard' },
  { detail: /^2\.1$/, text: UNKNOWN, is: 'hard' },
  { detail: /^4\.1$/, text: /access denied|recipient address rejected|unknown/i, is: 'hard-if-repeated' },
  { detail: /^4\.[0-9]+$/, is: 'soft' },
  { code: /^4/, detail: /^(2|3)\./, is: 'soft' },
  { detail: /^3\.2$/, is: 'soft' },
  { detail: /^7\.(0|1)$/, text: OWN, is: 'ours' },
  { detail: /^7\.(0|1)$/, text: UNKNOWN, not: /spam|black|reputation/i, is: 'hard' },
  { code: /^4/, detail: /^7\.[01]$/, not: BLOCKED, is: 'greylisted' },
  { detail: /^7\./, is: 'policy' },
  // From here on the codes say little, or nothing at all: the words decide.
  { text: OWN, not: UNKNOWN, is: 'ours' },
  { code: /^45[12]$/, text: FULL, is: 'full' },
  { text: FULL, not: TOO_LARGE, is: 'full' },
  { text: NO_DOMAIN, is: 'hard-if-repeated' },
  { code: /^5/, text: UNKNOWN, not: /spam|black ?list|reputation|\b(dns|r)bl\b/i, is: 'hard' },
  { code: /^5/, text: GONE, not: /spam|reputation|sender|policy/i, is: 'hard' },
  { code: /^552$/, text: TOO_LARGE, is: 'content' },
  { text: TOO_LARGE, is: 'content' },
  { code: /^552$/, is: 'full' },
  { text: BLOCKED, is: 'policy' },
  {
    code: /^5/,
    text: /mailbox (is )?unavailable|not our customer|user not local|mailbox name not allowed/i,
    is: 'hard-if-repeated',
  },
  { code: /^(551|553)$/, is: 'hard-if-repeated' },
  { code: /^501$/, detail: /^1\./, is: 'hard-if-repeated' },
  { code: /^45[01]$/, is: 'greylisted' },
  { code: /^554$/, detail: /^$/, is: 'policy' },
]

/**
 * What a refusal means (RFC 3463, IANA's enhanced status codes, and what large providers made of them). The stage decides first,
 * then the basic code says whether it passes, then the table. Nothing that may pass is ever `hard`.
 */
export function classifyReply(reply: Words): ReplyClass {
  if (reply.stage === 'connect' || reply.stage === 'auth' || reply.stage === 'mail-from') return 'ours'
  if (reply.code === null) return reply.stage === 'compose' ? 'content' : 'soft'
  const code = String(reply.code)
  const detail = reply.enhancedCode?.replace(/^\d\./, '') ?? ''
  const rule = RULES.find(
    (candidate) =>
      (candidate.code?.test(code) ?? true) &&
      (candidate.detail?.test(detail) ?? true) &&
      (candidate.text?.test(reply.text) ?? true) &&
      !candidate.not?.test(reply.text),
  )
  const found = rule?.is ?? 'soft'
  const mayPass = reply.code < 500
  return mayPass && (found === 'hard' || found === 'hard-if-repeated') ? 'soft' : found
}
