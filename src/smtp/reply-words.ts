/**
 * The words by which servers say why they refuse. All look at `plainWords`; the `…_MARK` ones at the raw text, because they are names
 * in links and brackets. Gaps stop at the end of a sentence, so that two statements are not read as one.
 */
const anyOf = (...patterns: readonly RegExp[]) =>
  new RegExp(patterns.map(({ source }) => source).join('|'), 'iu')

// Enough for every server seen, and a bound for hostile ones.
const READ_MAX = 2000

/** A reply's sentences alone: lower case, one line, without codes, links, host names and with `@` for each address. */
export function plainWords(text: string): string {
  return text
    .slice(0, READ_MAX)
    .replace(/^\d{3}[- ]/gm, ' ')
    .replace(/https?:\/\/\S+/gi, ' ')
    .replace(/[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]*/g, '@')
    .replace(/#?\b[245]\.\d{1,3}\.\d{1,3}\b(?!\.\d)/g, ' ')
    .replace(/\b[a-z0-9-]+(\.[a-z0-9-]+){2,}\b/g, ' ')
    .replace(/[\u2018\u2019`´]/g, "'")
    .replace(/[<>"()[\]]/g, ' ')
    .replace(/_/g, ' ')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

const WHO =
  '(?:users?(?: ?name| ?id)?|recipients?(?: address(?:es)?)?|rcpt|mail[ -]?box(?:es)?|in-?box|addressee|(?<!\\b(?:ip|ipv6|sender|from|source|client|return|server|host|your|network) )(?:e-?mail )?address|account|alias|customer|person|spectator|local[- ]?part|destination|mail ?drop)'
const NOT_THERE =
  "(?:unknown|not (?:be )?(?:found|known|exist\\w*|recogni[sz]ed|valid|registered|listed|present)|no longer exists?|do(?:es)?(?: not|n'?t) exist|doesnt exist|is(?:n't| not) (?:a )?(?:known|valid|registered)|invalid|non-?existent|missing)"

/** The mailbox does not exist, in the languages servers speak to their own customers. */
export const UNKNOWN = anyOf(
  new RegExp(
    `\\b${WHO}\\b[^.;]{0,60}?\\b${NOT_THERE}\\b(?! (?:sender|from|client|host|domain|helo|command))`,
  ),
  /\b(?:unknown|no such|invalid|non[- ]?existent|unrecogni[sz]ed|bad destination|wrong|(?:not|isn't) an? (?:valid|known|registered)) (?:(?:local|virtual|relay|e-?mail|destination|smtp|envelope|system|mailbox|domain|or|illegal|inactive|active|this) ){0,3}(?:users?|rcpt|recipients?|mail[ -]?box|address(?:ee)?|account|alias|customer|person|destination|local[- ]?part|id)\b/,
  /\bno (?:mail[ -]?box|users?|account|recipient|one|person|customer)s?\b[^.;]{0,20}\b(?:here|by that name|with that|at this|found|available for|of that name|matching)\b/,
  /\b(?:user|recipient|addressee)\b[^.;]{0,30}\b(?:doesn't|does not) have an?\b/,
  /\bnot our customer\b|\buser ?unknown\b|\bunknown user\b|\brecipient ?not ?found\b|\bno such mail drop\b|\b(?:no|any)body\b[^.;]{0,20}\bby that name\b|\bnot an active address\b|\bdoesn't handle mail for that user\b|\bnot in (?:my|our|the) (?:validrcptto|user|recipient|directory|address)/,
  /@ (?:is )?(?:not found|unknown|does not exist|doesn't exist)\b/,
  /\bno @? ?in (?:the )?(?:name )?directory\b|\bunknown local[- ]?part\b/,
  // German, Dutch and the Nordic languages.
  /(?:empf\S{1,3}nger|benutzer|adresse|postfach|konto|mailbox|gebruiker|ontvanger|\badres\b|postvak|anv\S{1,3}ndare|mottag\S+|modtager|postl\S{1,3}da)[^.;]{0,40}(?:unbekannt|existiert nicht|nicht (?:gefunden|vorhanden|bekannt|g\S{1,2}ltig)|ung\S{1,2}ltig|onbekend|bestaat niet|niet gevonden|ok\S{1,2}nd|ukjent|ukendt|finns inte|findes ikke|finnes ikke)/,
  /(?:unbekannte[rs]?|onbekende?|ukendt|ukjent|ok\S{1,2}nd|ung\S{1,2}ltige[rs]?|kein(?:e|en)? (?:solche[rsn]? )?) ?(?:empf\S{1,3}nger|benutzer|adresse|postfach|konto|gebruiker|ontvanger|modtager|mott?agare?|mottaker)|\badressat unbekannt/,
  // The Romance languages, also without their accents.
  /(?:utilisateur|destinataire|adresse|bo\S{1,2}te|compte|usuario|usu\S{1,2}rio|utilizador|destinat\S{1,2}rio|cuenta|buz\S{1,2}n|direcci\S{1,2}n|conta|caixa|endere\S{1,2}o|utente|casella|indirizzo|destin\.)[^.;]{0,60}(?:inconnue?|n.existe pas|inexistante?|introuvable|invalide|no existe|desconocid|inexistente|no (?:es )?v\S{1,2}lid|no encontrad|n\S{1,2}o existe|desconhecid|inv\S{1,2}lid|sconosciut|inesistente|non (?:esiste|valid|trovat)|errat[oa]|n'est pas valide)/,
  /\bno existe (?:dicha persona|ese usuario|el (?:usuario|buz))|\bnessun utente\b|\bpas d'utilisateur\b|\butente sconosciuto\b/,
  // Polish, Czech and Russian.
  /(?:u.ytkownik|adresat|konto|skrzynka|odbiorca|u.ivatel|schr.nka|adresa|p..jemce)[^.;]{0,40}(?:nie istnieje|nieznan|nie znalez|neexistuje|nezn.m)|nie ma takie(?:go|j) (?:konta|u.ytkownika|adresu|skrzynki)/,
  /(?:пользовател|ящик|адрес|получател|уч[её]тн)[^.;]{0,40}(?:не существует|не найден|неизвест|не зарегистр)|нет такого (?:пользовател|адрес|ящик)/,
)
export const UNKNOWN_MARK =
  /NoSuchUser|Recip(?:ient)?NotFound|UserUnknown|ADDRESS_NOT_FOUND|MailboxNotFound|\bOFR_41[68]\b/i

/** The mailbox existed and was closed for good. */
export const CLOSED = anyOf(
  /\b(?:mail[ -]?box|account|user|address|recipient|customer|inbox)\b[^.;]{0,60}?\b(?:disabled|inactive|inactivity|not active|deactivated|closed|expired|deleted|removed|terminated|discontinued|abandoned|cancell?ed|no longer (?:active|valid|in use|available|in service|accept\w*|receiv\w+|works?|employed|on)|not activated|dormant|archivee)\b/,
  /\b(?:disabled|inactive|deactivated|closed|deleted|expired|terminated|invalid\/inactive) (?:e-?mail )?(?:mail[ -]?box|account|user|recipient|address|customer)\b/,
  /\b(?:user|person|recipient|employee)\b[^.;]{0,30}\b(?:left|no longer with) (?:the |our |this )?(?:company|organi[sz]ation|us)\b/,
  /\b(?:konto|postfach|compte|bo\S{1,2}te|cuenta|casella|conta)\b[^.;]{0,40}(?:deaktiviert|gesperrt|geschlossen|gel\S{1,2}scht|d\S{1,2}sactiv|ferm\S{1,2}|supprim|deshabilitad|desactivad|disattivat|chiusa|desativad)/,
)
export const CLOSED_MARK = /DisabledUser/
/** Locked by its provider, often for an unpaid bill: it may open again. */
export const LOCKED =
  /\b(?:mail[ -]?box|account|user|recipient)\b[^.;]{0,60}\b(?:suspended|frozen|locked|blocked by (?:its|the) owner|on hold)\b|\b(?:suspended|locked|frozen) (?:mail[ -]?box|account|user)\b/iu

/** What is said of the sender or may be over tomorrow never closes a reader's mailbox. */
export const NOT_FOR_GOOD =
  /\btemporar|\btoo quickly\b|\bat a rate\b|\btry (?:again|later)\b|\b(?:your|sender'?s?|sending) (?:account|address|domain|mailbox|user)\b|\btoo many (?:unknown|invalid|bad|non)|\bdefer/iu

/** Reputation: they think us, or this mail, unwelcome; it outweighs every other word. */
export const UNWELCOME = anyOf(
  /spam|\bjunk|black[- ]?list|block(?:ing)?[- ]?list|deny[- ]?list|\b(?:dns|r)bls?\b|reputation|unsolicited|\buce\b|\bbann?ed\b|phish|\bscam|complaint|\babus(?:e|ive)\b|\bbulk (?:mail|e-?mail)|unwanted|blacklisté|liste noire|schwarze liste/,
  /(?<!not )\blisted (?:at|by|on|in)\b|\bblocked using\b|\bour block\b|\bopen relay\b/,
  /\b(?:your|sender|sending|client|source|mail) (?:ip|host|server|network|domain)\b[^.;]{0,40}\b(?:blocked|denied|refused)\b/,
)
export const UNWELCOME_MARK =
  /spamhaus|spamcop|barracuda(?:central|networks)|sorbs\.net|uribl|surbl|dnsbl|cloudmark|abuseat|senderbase|senderscore|ipcheck\.proofpoint|sender\.office|\bRBL\b|\(?\b(?:NOWL)\b|\(BL\)|\bS31[45]0\b|\b(?:OU|SC|DY)-00\d\b|\[(?:BL|PH|CS|HM)\d\d\]|\bAS\(?1601|UnsolicitedMessage|\bJunkMail\b/i

/** Their rules, without a word about what we did. */
export const BY_RULE =
  /\bblock(?:ed|ing|s)?\b|\bpolic(?:y|ies)\b|prohibit|suspicious|\brestrict(?:ed|ions?)\b|\bsecurity\b|\bsender\b|\bby (?:the )?(?:recipient|user|filter|rule|administrator)/iu
export const NOT_ALLOWED = anyOf(
  BY_RULE,
  /\baccess (?:is )?denied\b|\brefus(?:ed|al|é\w*)\b|\bdenied\b|\bforbidden\b|\bunauthori[sz]ed\b|\bnot (?:authori[sz]ed|permitted)\b|\bnot allowed to\b|\bdynamic (?:ip|host|address)/,
  /\b(?:message|mail|e-?mail|content|connection|delivery|session|sender)\b[^.;]{0,30}\b(?:rejected|refused|denied|not accepted|declined|filtered|discarded)\b|\brejected (?:by|due|for|because)\b|\bnot accepting (?:mail|messages) from\b|\bwill not accept (?:delivery|mail|your)|\brule imposed\b|\bwhite-?list/,
  /\btoo many (?:errors|invalid|bad|unknown|unrecognized)|\bgeo-?ip\b|\bgeographic/,
)

/** The provider wants less of us. */
export const TOO_MUCH = anyOf(
  /\brate[- ]?(?:limit|control|exceed)|\bthrottl|\bslow(?:er| down)\b|\bratelimit/,
  /\btoo (?:many|much) (?:(?:concurrent|simultaneous|smtp|open|new|incoming|parallel|different) ){0,2}(?:messages|mails?|e-?mails?|connections?|sessions?|traffic|requests)\b/,
  /\bunusual (?:rate|volume|traffic)|\bunexpected volume|\btemporarily deferred due to\b|\btrop de (?:connexions|messages)\b|\bzu viele (?:verbindungen|nachrichten|mails)/,
  /\b(?:daily|hourly|sending|relay|smtp|outgoing|outbound|connection|rate|per hour|per day|per minute)\b(?! ?size)[^.;]{0,30}\b(?:limit|quota|threshold)s?\b[^.;]{0,20}\b(?:exceed|reach|hit)|\bexceed\w*\b[^.;]{0,40}\b(?:rate|per (?:hour|day|minute)|permitted limits|sending (?:limit|quota)|connections?|(?:daily|hourly) (?:\w+ )?(?:limit|quota))\b/,
)
export const TOO_MUCH_MARK =
  /\[?\bTSS?\d\d\b|\bRP-00\d\b|\bOFR00[45]_10\d\b|\b(?:RLY:B[12]|DYN:T\d)\b|\(S77[57]\d*\)/
/** The reader alone gets more than the provider takes; others there are not concerned. */
export const READER_GETS_TOO_MUCH =
  /\breceiving (?:e-?mail|mail|messages) (?:at a rate|too (?:quickly|fast))|\brecipient\b[^.;]{0,30}\btoo (?:quickly|fast|many messages)/iu
export const READER_RATE_MARK = /ReceivingRate/

export const GREYLISTED =
  /gr[ea]y-? ?list|\bpostgrey\b|\bfirst (?:time|contact)\b|\btry (?:again )?(?:later )?(?:in|after) \d+|\b(?:delayed|deferred|come back|retry)\b[^.;]{0,15} (?:for|by|in|after) \d+/iu
export const TRY_LATER =
  /\btry (?:again|later)\b|\bretry\b|\bcome back\b|\btemporar\w+ (?:deferred|rejected|refused|blocked|delayed)|\bdeferred\b|\bplus tard\b|\bsp\S{1,2}ter\b/iu
export const THEIR_TROUBLE =
  /\b(?:local|internal|system|server|temporary|lookup|processing|configuration) (?:problem|error|failure)\b|\bresources?\b|\btime(?:d)? ?out\b|\bservice (?:is )?(?:currently )?(?:not available|unavailable)\b/iu

/** The mailbox is full. */
export const FULL = anyOf(
  /\b(?:mail[ -]?box|mail[ -]?folder|maildir|inbox|mail ?drop|account|recipient|user)\b[^.;]{0,60}\b(?:full|exceed\w*|over(?: (?:the |its |disk |their |allowed )*quota)?|out of (?:storage|space)|(?:size|storage|space|quota) (?:limit )?(?:reached|exceeded)|not enough (?:storage|space))\b/,
  /\bover ?quota\b|\bquota (?:is |was |has been |usage )?(?:exceeded|full|reached|violation)\b|\bexceed\w* (?:its |the |their |mail |disk |mailbox |storage |user )*(?:quota|storage|space|disk)|\b(?:full|over-?full) (?:mail[ -]?box|inbox)\b|\bdis[ck] quota\b|\bnot enough (?:storage )?space (?:in|for)\b|\bspace has been used up\b/,
  /(?:postfach|mailbox|speicher)[^.;]{0,30}(?:voll|\S{1,2}berf\S{1,2}llt)|(?:bo\S{1,2}te|compte)[^.;]{0,40}(?:pleine?\b|satur)|buz\S{1,2}n[^.;]{0,30}llen[oa]|casella[^.;]{0,30}piena|caixa[^.;]{0,30}cheia|skrzynka[^.;]{0,30}pe.na|ящик[^.;]{0,30}(?:переполнен|заполнен)/,
)
export const FULL_MARK = /OverQuota/

/** This message is too large, malformed or dangerous. */
export const UNFIT = anyOf(
  /\b(?:message|mail|e-?mail|size|attachment|header|data)s?\b[^.;]{0,50}\b(?:too (?:big|large|long)|larger than|exceeds?|over)\b[^.;]{0,40}|\b(?:message|mail|header|maximum) size\b|\bsize limit\b|\btoo large\b|\bnachricht zu gro/,
  /\bvirus|\bmalware|\btrojan|\battachment|\bexecutable\b|\bsecurity issue\b|\binfected\b/,
  /\b(?:rfc ?-?\d{3,4}|rfc)\b[^.;]{0,30}\b(?:compliant|compliance|violat\w+|format)|\b(?:not|non)[- ]?rfc|\bmalformed\b|\bbare (?:lf|cr|newline)|\b(?:missing|multiple|duplicate|invalid|without|no|bad)\b[^.;]{0,30}\b(?:headers?|message-?id|date|mime)\b|\bheaders?\b[^.;]{0,40}\b(?:missing|invalid|syntax|malformed|fail)|\bline (?:is )?too long\b|\bmime\b[^.;]{0,20}\b(?:error|invalid)/,
)
export const SYSTEM_FULL = /\binsufficient (?:system |disk )?(?:storage|space)|\bsystem (?:is )?full\b/iu

/** The way there cannot carry this address (RFC 6531). */
export const NEEDS_UTF8 =
  /\bsmtputf8\b|\binternationali[sz]ed\b|\beai\b|\bnon-?ascii (?:characters?|address|local|recipient|mail)|\butf-?8\b[^.;]{0,30}\b(?:address|recipient|not supported|local)/iu

/** Our sender address, which they think wrong. */
export const OUR_SENDER = anyOf(
  /\b(?:sender|from|mail from|return[- ]path|envelope[- ]from|originator|exp\S{1,2}diteur|absender|remitente|mittente)(?:'s)?(?: e-?mail| envelope| address| domain| rejected:?| verify| verification| user| identity| @|:|,)*(?: \w+){0,3}? (?:unknown|not (?:found|exist\w*|verified|valid|owned|resolv\w*|accepted as)|does not (?:exist|resolve|match)|doesn't exist|invalid|(?:verify|verification|callout|callback) fail\w*|fail\w*|must exist|resolve fail|unroutable|unresolvable|null mx|invalide|inconnu|unbekannt|has no)/,
  /\b(?:identities|email address(?:es)?) (?:is|are)? ?(?:not verified|failed the check)|\bnot owned by\b|\bnot authori[sz]ed to (?:send (?:as|from|on behalf)|use)|\b(?:sending|your) (?:\w+ ){0,2}(?:suspended|paused|under review|disabled)|\bverified sender\b|\bsend as this sender\b/,
)
/** Only we can mend it: relaying, authentication, TLS, SPF, DKIM, DMARC, reverse DNS, our name. */
export const OURS = anyOf(
  /\brelay(?:ing)?\b(?: access| mail| attempt| is| was| to| for| @| through this \w+){0,3} (?:denied|prohibited|disallowed|forbidden|not (?:permitted|allowed|authori[sz]ed|supported)|nicht|interdit|refus)|\b(?:unable|not permitted|not allowed|isn't allowed|cannot|can't|won't|(?:do|does) not|don't|refus\w+) (?:to )?relay|\brcpthosts?\b|\binsecure mail relay|\bno relay(?:ing)?\b/,
  /\bauthenti[fc]?\w*\b (?:is |was )?(?:required|needed|failed|unsuccessful|first)|\brequires? (?:smtp )?auth|\b(?:un|not )authenticated\b|\bsmtp auth|\b(?:must|please) (?:be |first )?(?:authenticate|log ?in|turn on)/,
  /\bmust (?:issue|use)(?: an?)? (?:starttls|tls)|\bstarttls\b[^.;]{0,20}\b(?:required|first|needed)|\b(?:tls|encryption|ssl|encrypted connection)\b(?: is)? (?:required|needed|mandatory)|\brequires? (?:an? )?(?:tls|starttls|encrypt)/,
  /\b(?:spf|dkim|dmarc|domainkeys|sender id)\b/,
  /\bptr\b|\breverse[- ](?:dns|host|lookup|resol)|\br?dns entr|\brdns\b|\bfcrdns\b|\bcannot find your\b|\b(?:invalid|bad|bogus) (?:helo|ehlo)\b|\b(?:helo|ehlo)\b[^.;]{0,40}\b(?:reject|invalid|denied|mismatch|fqdn|fully|bogus|not|must|bad)/,
)
export const OURS_MARK = /TlsRequired|\[?\bAU01\b|\bDMARC:|\bRTR:RD\b|IPv6AuthError|UnauthenticatedEmail/
/** A mailbox that takes mail from inside alone (Exchange): their rule, though it speaks of authentication. */
export const INSIDE_ONLY_MARK =
  /RESOLVER\.RST|NotAuthenticatedFor(?:Group|Mailbox)|restricted to (?:receive|authenticated)|not allowed to send to this (?:group|mailbox|recipient)/i

/** The domain is not there; name servers say so in passing too. */
export const NO_DOMAIN =
  /\b(?:domain|host)(?: ?name)?\b[^.;]{0,40}\b(?:not (?:be )?(?:found|exist\w*|resolved)|unknown|does(?: not|n't) exist|nxdomain|unresolv\w+|unroute?able)|\b(?:no such|unknown|invalid|unroute?able|non-?existent) (?:domain|host)\b|\bno (?:mx|mail hosts?|mail exchanger)\b|\bdns error\b|\bunroute?able\b|\bdoes not accept (?:e-?mail|any mail|mail)\b/iu
export const NULL_MX = /\bnull ?mx\b/iu
/** What RFC 5321 §4.2.3 says of 550, 551 and 553, and what servers say when they mean the recipient but not why. */
export const VAGUE_RECIPIENT =
  /\b(?:mail[ -]?box|account) (?:is )?(?:currently )?unava(?:il|i)able\b|\buser (?:is )?not local\b|\bmail[ -]?box name not allowed\b|\b(?:recipient|address|rcpt|user)\b(?: address| @|:)* (?:was |is |has been )?(?:rejected|not accepted|refused|not ok|denied|undeliverable)|\bundeliverable address\b|\bbadrc?pt|\bnot accepting mail\b|\bno valid mailbox\b|\brejected(?: recipient| rcpt)\b|\bpermanent failure for one or more recipients\b|\bcannot deliver mail for\b|\bcan't accept user\b/iu
/** Exchange Online speaks so of mailboxes that its directory does not list. */
export const DIRECTORY_SAYS_NO = /\baccess denied\b|\brecipient address rejected\b|\baddress rejected\b/iu
