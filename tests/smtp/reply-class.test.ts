import fc from 'fast-check'
import type { SmtpReply, SmtpStage } from '../../src/smtp/mailer.js'
import { outcomeOf } from '../../src/smtp/outcome-of.js'
import { classifyReply, enhancedCodeIn, type ReplyClass } from '../../src/smtp/reply-class.js'

const said = (text: string, stage: SmtpStage = 'recipient'): SmtpReply => ({
  stage,
  code: Number(text.slice(0, 3)),
  enhancedCode: enhancedCodeIn(text),
  text,
})

describe('the codes that settle a refusal', () => {
  it.each<[string, ReplyClass]>([
    ['550 5.1.1 no', 'hard'],
    ['501 5.1.3 no', 'hard'],
    ['551 5.1.6 no', 'hard'],
    ['550 5.1.10 no', 'hard'],
    ['556 5.1.10 no', 'hard'],
    ['556 no', 'hard'],
    ['521 no', 'hard'],
    ['550 5.1.1 your message looks like spam', 'policy'],
    ['550 5.1.1 your host is blocked', 'policy'],
    ['550 5.1.1 poor reputation', 'policy'],
    ['550 5.1.2 no', 'hard-if-repeated'],
    ['550 5.4.4 host unknown', 'hard-if-repeated'],
    ['550 5.1.0 no', 'soft'],
    ['550 5.1.5 no', 'soft'],
    ['550 5.0.0 no', 'soft'],
    ['550 5.5.0 no', 'soft'],
    ['550 5.3.0 no', 'soft'],
    ['550 5.1.0 no such user', 'hard'],
    ['550 5.0.0 no such user', 'hard'],
    ['553 5.3.0 no such user here', 'hard'],
    ['550 5.1.7 bad sender', 'ours'],
    ['550 5.1.8 bad sender domain', 'ours'],
    ['550 5.2.1 mailbox disabled', 'hard'],
    ['550 5.2.1 mailbox inactive', 'hard'],
    ['550 5.2.1 the user is receiving mail too quickly', 'soft'],
    ['452 4.2.2 full', 'full'],
    ['552 5.2.2 full', 'full'],
    ['452 mailbox full', 'full'],
    ['552 mailbox full', 'full'],
    ['552 5.2.2 over quota and inactive', 'full'],
    ['552 5.2.3 no', 'content'],
    ['552 5.3.4 no', 'content'],
    ['552 message size exceeds the maximum', 'content'],
    ['450 4.2.0 no', 'soft'],
    ['450 4.2.1 no', 'soft'],
    ['451 4.3.0 no', 'soft'],
    ['452 4.3.1 no', 'soft'],
    ['451 4.4.1 no', 'soft'],
    ['421 4.4.2 no', 'soft'],
    ['451 4.4.7 expired', 'soft'],
    ['550 5.4.7 expired', 'soft'],
    ['550 5.4.1 no', 'soft'],
    ['554 5.4.6 loop', 'soft'],
    ['550 5.3.2 no', 'soft'],
    ['550 5.4.1 Recipient address rejected: Access denied.', 'hard-if-repeated'],
    ['450 4.7.0 no', 'greylisted'],
    ['451 4.7.1 no', 'greylisted'],
    ['450 please try again later', 'greylisted'],
    ['451 greylisted', 'greylisted'],
    ['554 5.6.0 no', 'content'],
    ['550 5.6.1 no', 'content'],
    ['550 5.6.7 no', 'unsupported'],
    ['553 5.6.7 no', 'unsupported'],
    ['550 5.7.0 no', 'policy'],
    ['550 5.7.1 no', 'policy'],
    ['554 no', 'policy'],
    ['550 5.7.1 user unknown', 'hard'],
    ['550 5.7.1 the mailbox does not exist', 'hard'],
    ['550 5.7.1 no such recipient', 'hard'],
    ['550 5.7.17 no', 'hard'],
    ['550 5.7.18 no', 'hard'],
    ...[20, 21, 22, 23, 24, 25, 26].map((n): [string, ReplyClass] => [`550 5.7.${n} no`, 'ours']),
    ...[20, 21, 22, 23, 24, 25, 26].map((n): [string, ReplyClass] => [`451 4.7.${n} no`, 'ours']),
    ...[23, 24, 25, 26, 27, 29, 30, 31, 32, 40].map((n): [string, ReplyClass] => [
      `550 5.7.${n} no 1a2-3b4 - gsmtp`,
      'ours',
    ]),
    ['421 4.7.32 no - gsmtp', 'ours'],
    ['550 5.7.515 no', 'ours'],
    ['550 5.7.509 no', 'ours'],
    ['421 4.7.28 no', 'throttled'],
    ['550 5.7.28 no', 'throttled'],
    ['421 4.7.0 [TSS04] no', 'throttled'],
    ['421 4.7.1 [TS03] no', 'throttled'],
    ['421 RP-001 no', 'throttled'],
    ['550 5.7.10 no', 'ours'],
    ['550 5.7.11 no', 'ours'],
    ['530 Must issue a STARTTLS command first', 'ours'],
    ['535 no', 'ours'],
    ['534 no', 'ours'],
  ])('%s is %s', (text, expected) => {
    expect(classifyReply(said(text))).toBe(expected)
  })

  it.each<[SmtpStage, ReplyClass]>([
    ['connect', 'ours'],
    ['auth', 'ours'],
    ['mail-from', 'ours'],
    ['recipient', 'hard'],
    ['data', 'hard'],
  ])('at %s, an unknown user is %s', (stage, expected) => {
    expect(classifyReply(said('550 5.1.1 user unknown', stage))).toBe(expected)
  })

  it('lets the basic code say what passes, and the enhanced code why', () => {
    expect(classifyReply(said('421 5.7.32 From alignment - gsmtp'))).toBe('ours')
    expect(classifyReply(said('450 5.1.1 user unknown'))).toBe('soft')
    expect(classifyReply(said('550 4.2.2 mailbox full'))).toBe('full')
    expect(classifyReply(said('550 4.1.1 user unknown'))).toBe('hard')
  })
})

describe('the words of servers', () => {
  const samples: Record<ReplyClass, string[]> = {
    hard: [
      "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking the recipient's email address for typos or\n550 5.1.1 unnecessary spaces. For more information, go to\n550 5.1.1  https://support.google.com/mail/?p=NoSuchUser 5b1f17b1804b1-42d - gsmtp",
      '550 5.2.1 The email account that you tried to reach is disabled. For more information, go to https://support.google.com/mail/?p=DisabledUser 22si9 - gsmtp',
      '550-5.2.1 The email account that you tried to reach is inactive. For more\n550 5.2.1 information, go to https://support.google.com/mail/?p=DisabledUser a1b2 - gsmtp',
      '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient ada@example.net not found by SMTP address lookup',
      "554 delivery error: dd This user doesn't have a yahoo.com account (ada@yahoo.com) [0] - mta1234.mail.ne1.yahoo.com",
      '554 delivery error: dd Not a valid recipient - atlas103.free.mail.ne1.yahoo.com',
      '552 1 Requested mail action aborted, mailbox not found',
      '554 30 Sorry, your message to ada@yahoo.com cannot be delivered. This mailbox is disabled (554.30).',
      '550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown in virtual mailbox table',
      '550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown in local recipient table',
      '550 5.1.1 <ada@example.net>... User unknown',
      '550 <ada@example.net>: User unknown',
      '550 5.1.0 <ada@example.net> User unknown',
      '550 No such user here',
      '550 No Such User Here"',
      '550 5.1.1 ada@example.net: user does not exist',
      '550 Unknown user',
      '550 5.1.1 Mailbox "ada" does not exist',
      '550 mailbox not found',
      '550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550 [w1Tf0Z_xMk2QhA.de12]',
      '550 5.1.1 User Unknown - ppops.net',
      '550 5.1.1 <ada@icloud.com>: user does not exist',
      '550 5.1.6 recipient no longer on server: ada@me.com',
      '550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]',
      '550 Message was not accepted -- invalid mailbox.  Local mailbox ada@mail.ru is unavailable: user not found',
      '550 5.7.1 No such user!',
      '550 sorry, no mailbox here by that name (#5.1.1)',
      '550 sorry, no mailbox here by that name. (#5.7.17)',
      '511 sorry, no mailbox here by that name (#5.1.1 - chkuser)',
      '554 5.7.1 <ada@example.net>: Recipient address rejected: Unknown recipient',
      '550 Requested action not taken: mailbox unavailable. User not found',
      '550 Empfänger unbekannt',
      '550 5.0.0 Der Empfänger existiert nicht',
      '550 Empf\ufffdnger ist nicht bekannt',
      '550 Das Postfach ada ist nicht vorhanden',
      '550 Unbekannter Benutzer',
      '550 5.1.1 Utilisateur inconnu !',
      "550 L'adresse du destinataire n'existe pas",
      '550 Destinataire inconnu',
      '550 El usuario no existe',
      '550 5.0.0 Usuario desconocido',
      '550 Utente sconosciuto',
      '550 Indirizzo inesistente',
      '550 Usuário não existe',
      '550 Gebruiker onbekend',
      '550 Taki użytkownik nie istnieje',
      '550 Такой пользователь не найден',
      '550 User (ada) unknown.',
      '550 ada@example.net unknown user account',
      '550 Recipient not found',
      '550 Recipient does not exist here',
      '550 unknown recipient',
      '550 5.0.1 Recipient rejected: unknown local part',
      '550 That user is not a valid recipient',
      '550 5.1.1 <ada@example.net> does not exist',
      '550 ada@example.net... No such user',
      '550 Account closed, please remove from your list',
      '550 5.2.1 This mailbox has been deactivated due to inactivity',
      '550 This address no longer accepts mail.',
      '550 5.1.1 Inactive user',
      '550 5.7.17 Mailbox owner has changed',
      '556 5.1.10 Recipient address has a null MX',
      '521 5.3.2 host does not accept mail',
      '550 vdeliver: invalid or unknown virtual user',
      '550 5.1.1 unknown or illegal alias: ada@example.net',
      '550 Not our Customer',
      '550 User not listed in public Name & Address Book',
      '550 5.1.1 recipient rejected',
      '550-Recipient verification failed\n550 no such user: ada@spamgourmet.example.net',
      '550 #5.1.0 Address rejected. User unknown',
      '550 5.1.1 sid=abc Address rejected ada@t-online.de',
      '550 account ada@example.net does not exist at the organization',
      '554 5.2.1 Inactive user',
      '550 unknown user ada@antispam.filter.example.net',
    ],
    'hard-if-repeated': [
      '550 5.4.1 Recipient address rejected: Access denied. [Name=Protocol Filter Agent][AGT=PFA] [DB5EUR01FT031.eop-EUR01.prod.protection.outlook.com 2026-03-02T09:00:00.000Z]',
      '550 5.4.1 [ada@contoso.example]: Recipient address rejected: Access denied',
      '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [AM4EUR02FT017.eop-EUR02.prod.protection.outlook.com]',
      '550 Requested action not taken: mailbox unavailable',
      '550 5.1.2 Host unknown (Name server: example.invalid: host not found)',
      '550 5.4.4 Unable to route: no mail hosts for domain',
      '550 Unrouteable address',
      '550 5.4.310 DNS domain example.invalid does not exist',
      '550 DNS error when resolving MX server for example.invalid: Domain name not found',
      '551 User not local; please try <ada@example.com>',
      '553 Requested action not taken: mailbox name not allowed',
      '550 Address rejected',
      '550 <ada@example.net>: Recipient address rejected: undeliverable address',
      '550 5.2.1 Mailbox suspended',
      '550 5.7.1 <ada@example.net>: Recipient address rejected: account is locked',
    ],
    soft: [
      '450-4.2.1 The user you are trying to contact is receiving mail at a rate that\n450-4.2.1 prevents additional messages from being delivered. Please resend your\n450 4.2.1 message at a later time. https://support.google.com/mail/?p=ReceivingRate - gsmtp',
      '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered. https://support.google.com/mail/?p=ReceivingRatePerm - gsmtp',
      '451 Temporary local problem - please try later',
      '451 4.3.0 Error: queue file write error',
      '451 Requested action aborted: local error in processing',
      '450 4.1.1 <ada@example.net>: Recipient address rejected: unverified address: Address verification in progress',
      '450 4.1.2 <ada@example.net>: Recipient address rejected: Domain not found',
      '451 4.3.5 Server configuration problem',
      '452 4.3.1 Insufficient system storage',
      '452 Insufficient disk space; try again later',
      '421 Service not available, closing transmission channel',
      '421 4.3.2 System not accepting network messages',
      '452 4.5.3 Too many recipients',
      '550 5.2.1 Mailbox temporarily disabled',
      '554 5.4.14 Hop count exceeded - possible mail loop ATTR34',
      '550 5.4.300 Message expired -> 451 4.4.0 Primary target IP address responded',
      '550 5.2.0 something else',
      '450 4.2.0 mailbox busy',
    ],
    full: [
      "452-4.2.2 The recipient's inbox is out of storage space. Please direct the\n452-4.2.2 recipient to https://support.google.com/mail/?p=OverQuotaTemp - gsmtp",
      '552-5.2.2 The email account that you tried to reach is over quota and inactive.\n552 5.2.2 https://support.google.com/mail/?p=OverQuotaPerm - gsmtp',
      "552 5.2.2 This message is larger than the current system limit or the recipient's mailbox is full.",
      '552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]',
      '552 Requested mail action aborted: exceeded storage allocation',
      '552-Requested mail action aborted: exceeded storage allocation\n552 Quota exceeded',
      '550 5.7.1 <ada@example.net>: Recipient address rejected: mailbox is over quota',
      '554 Quota exceeded (mailbox for user is full)',
      '550 Das Postfach ist voll',
      '450 4.2.2 <ada@example.net>: user is over quota',
      '550 user over quota. (#5.1.1)',
      '452 4.1.1 <ada@example.net> mailbox full',
      '451 4.2.2 <ada@example.net> Maildir over quota',
      '550 5.1.1 User has exceeded quota, bouncing mail',
      '552 5.2.2 <ada@example.net>: Recipient address rejected: Mailbox full',
    ],
    greylisted: [
      '450 4.2.0 <ada@example.net>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.net.html',
      '451 4.7.1 Greylisting in action, please come back later',
      '451 Greylisted, please try again in 300 seconds',
      '450 4.7.1 <ada@example.net>: Recipient address rejected: Policy Rejection- Please try later. Greylisted',
      '451 DT:SPM 163 greylist',
      '421 4.7.1 Graylisted, try again in 5 minutes',
      '451 4.7.1 Please try again later (TEMPGREYLIST)',
      '450 Please retry later',
      '451 4.7.0 Temporary server error. Please try again later. PRX2',
      '451 Message temporarily deferred',
    ],
    throttled: [
      '421-4.7.28 Gmail has detected an unusual rate of unsolicited mail originating from\n421-4.7.28 your IP address. To protect our users from spam, mail sent from your IP\n421 4.7.28 address has been temporarily rate limited. - gsmtp',
      '550-5.7.28 [192.0.2.1] Our system has detected an unusual rate of unsolicited mail - gsmtp',
      '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes',
      '421 4.7.1 [TS02] All messages from 192.0.2.1 will be permanently deferred; Retrying will NOT succeed.',
      "421 RP-001 (COL004-MC1F1) Unfortunately, some messages from 192.0.2.1 weren't sent. Please try again. The mail server IP connecting to Outlook.com server has exceeded the rate limit allowed.",
      '451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77719)',
      '451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. (S775)',
      '421 mwinf5c63 ME Trop de connexions, veuillez verifier votre configuration. Too many connections, slow down. OFR005_104 [104]',
      '450 4.7.1 Error: too much mail from 192.0.2.1',
      '421 4.7.0 mail.example.net Error: too many connections from 192.0.2.1',
      '454 Throttling failure: Maximum sending rate exceeded.',
      '454 Throttling failure: Daily message quota exceeded.',
      '550 5.4.5 Daily SMTP relay sending limit exceeded for user.',
      '450 4.7.1 Rate limit exceeded',
    ],
    policy: [
      '554 IP=192.0.2.1 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)',
      '554 IP=192.0.2.1 - None/bad reputation. (Ask your postmaster for help or to contact tobr@rx.t-online.de for reset.) (NOWL)',
      '550-5.7.1 [192.0.2.1] Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to Gmail, this message has been blocked. https://support.google.com/mail/?p=UnsolicitedMessageError - gsmtp',
      "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
      '550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit https://sender.office.com/',
      '550 5.7.511 Access denied, banned sender[192.0.2.1].',
      '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1',
      "553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus's list",
      '554 Message not allowed - [PH01] Email not accepted for policy reasons.',
      '554 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137',
      '554-Reject due to policy restrictions.\n554 For explanation visit https://postmaster.gmx.net/en/case?c=hi',
      '550-Requested action not taken: mailbox unavailable\n550-Reject due to policy restrictions.\n550 For explanation visit https://postmaster.web.de/',
      '550 spam message rejected. Please visit http://help.mail.ru/notspam-support/id?c=x',
      '550 csi.mimecast.org Poor Reputation Sender. - https://community.mimecast.com/docs/DOC-1369#550',
      '550 Rejected by header based Anti-Spoofing policy: ada@example.net - https://community.mimecast.com/docs/DOC-1369#550',
      '554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1',
      '550 Administrative prohibition',
      '550 5.7.1 Message rejected as spam by Content Filtering.',
      '550 5.2.1 Mailbox unavailable. Your IP address 192.0.2.1 is blacklisted using SPAMHAUS-XBL.',
      '550 5.1.1 Recipient rejected: your IP address is not known and has a poor reputation',
      '521 5.2.1 :  AOL will not accept delivery of this message.',
      '521 5.7.1 Service unavailable; client [192.0.2.1] blocked using dnsbl.sorbs.net',
      '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group',
      '550 5.7.1 RESOLVER.RST.AuthenticationRequired; authentication required',
      '550 5.7.1 <news@example.org>: Sender address rejected: Access denied',
      '550 Access denied',
      '550 Too many invalid recipients',
      '550 permanent failure for one or more recipients (ada@example.net:blocked)',
      '554 5.7.1 You are not allowed to connect.',
      "554-mx.example.com\n554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.",
      '421 4.7.0 This message is suspicious due to the very low reputation of the sending domain - gsmtp',
      '550 "JunkMail rejected - [mail.example.org] [192.0.2.1] is in an RBL"',
      '550 Your message was rejected by this user and was not delivered',
      '550 5.7.1 unknown user or rejected as spam',
      '552 spam message rejected',
      '550 Rejected: 192.0.2.1 is listed at dnsbl.example.net',
      '550 5.1.1 Message rejected due to policy',
      '550 5.1.0 Message rejected due to sender reputation. User does not exist',
    ],
    content: [
      '552 5.3.4 Message size exceeds fixed limit',
      "552-5.2.3 Your message exceeded Google's message size limits. - gsmtp",
      '552 Message size exceeds maximum permitted',
      '552-5.7.0 This message was blocked because its content presents a potential security issue. https://support.google.com/mail/?p=BlockedMessage - gsmtp',
      '550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant and include a valid From address',
      '554 rejected due to virus',
      '550-5.7.1 [192.0.2.1] Messages missing a valid messageId header are not accepted. - gsmtp',
      '554 5.6.0 Corrupt message content',
      '550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds',
      '554 Message contains a forbidden attachment',
      '550 message too large',
      '550 5.6.3 conversion not supported',
    ],
    unsupported: [
      '553 5.6.7 SMTPUTF8 is required, but was not offered by host mx.example.net',
      '550 internationalized addresses are not supported',
      '501 5.1.3 non-ASCII characters in the address; SMTPUTF8 not offered',
      '550 5.6.9 UTF-8 header message cannot be transferred',
    ],
    ours: [
      '554 5.7.1 <ada@example.net>: Relay access denied',
      '454 4.7.1 <ada@example.net>: Relay access denied',
      '550 5.7.1 Unable to relay for ada@example.net',
      '550 5.7.1 Relaying denied. IP name lookup failed [192.0.2.1]',
      '550 5.7.1 <ada@example.net>... Relaying denied. Proper authentication required.',
      '550 relay not permitted',
      "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
      '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain',
      '550 5.7.64 TenantAttribution; Relay Access Denied',
      '530 5.7.0 Must issue a STARTTLS command first',
      '530 5.7.1 Authentication required',
      '550 5.7.1 authentication required',
      '503 This mail server requires authentication when attempting to send to a non-local e-mail address.',
      '535 5.7.8 Username and Password not accepted',
      '550-5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. - gsmtp',
      "550-5.7.26 Unauthenticated email from example.org is not accepted due to domain's DMARC policy. - gsmtp",
      '550-5.7.1 [2001:db8::1] Our system has detected that this message does not meet IPv6 sending guidelines regarding PTR records and authentication. https://support.google.com/mail/?p=IPv6AuthError - gsmtp',
      "550 5.7.515 Access denied, sending domain EXAMPLE.ORG doesn't meet the required authentication level.",
      '550 5.7.1 SPF check failed',
      '554 5.7.5 Message not accepted for policy reasons. DMARC: [AU01]',
      '550 5.7.1 Mail rejected. DMARC check failed.',
      '450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]',
      '450 4.1.8 <news@example.org>: Sender address rejected: Domain not found',
      '550 <news@example.org>: Sender address rejected: Domain not found',
      '550 5.1.1 <news@example.org>: Sender address rejected: User unknown in virtual alias table',
      '550-Verification failed for <news@example.org>\n550-No Such User Here\n550 Sender verify failed',
      '553 5.1.8 Domain of sender address news@example.org does not exist',
      '550 Domain of sender address news@example.org does not exist',
      '450 4.7.1 <mail>: Helo command rejected: Host not found',
      '554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: news@example.org',
      '550 The from address does not match a verified Sender Identity.',
      '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
      '454 4.7.0 TLS required',
      '550 5.7.27 Sender address has null MX',
    ],
  }
  it.each(
    Object.entries(samples).flatMap(([expected, texts]) =>
      texts.map((text): [string, string] => [expected, text]),
    ),
  )('%s: %s', (expected, text) => {
    expect(classifyReply(said(text))).toBe(expected)
  })
})

describe('whatever a server says', () => {
  const classes: readonly ReplyClass[] = [
    'hard',
    'hard-if-repeated',
    'soft',
    'full',
    'greylisted',
    'throttled',
    'policy',
    'content',
    'unsupported',
    'ours',
  ]
  const stages: readonly SmtpStage[] = ['connect', 'auth', 'mail-from', 'recipient', 'data']
  const phrases = [
    'user unknown',
    'mailbox disabled',
    'null mx',
    'spam',
    'blocked',
    '<a@b.example>',
    '\r\n550-',
    '(#5.1.1)',
    'quota',
    'relay denied',
  ]
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.constantFrom(...phrases), { maxLength: 6 }).map((parts) => parts.join(' ')),
  )
  const enhanced = fc.option(
    fc.tuple(fc.constantFrom('2', '4', '5'), fc.nat(9), fc.nat(999)).map((parts) => parts.join('.')),
  )
  const reply = fc.record({
    stage: fc.constantFrom(...stages),
    code: fc.option(fc.integer({ min: 200, max: 599 })),
    enhancedCode: enhanced,
    text,
  })

  it('has a class, and never throws', () => {
    fc.assert(fc.property(reply, (any) => expect(classes).toContain(classifyReply(any))))
  })

  it('never costs a reader the mailbox for what may pass or is our own trouble', () => {
    fc.assert(
      fc.property(reply, (any) => {
        const mayPass = any.code === null || any.code < 500 || !['recipient', 'data'].includes(any.stage)
        if (mayPass) expect(classifyReply(any)).not.toMatch(/^hard/)
      }),
    )
  })

  it('never calls a reader gone where a block list is named', () => {
    fc.assert(
      fc.property(reply, (any) => {
        // The owner of the mailbox has changed, whatever the words are.
        fc.pre(!/^\d\.7\.1[78]$/.test(any.enhancedCode ?? ''))
        const blocked = { ...any, text: `blocked by zen.spamhaus.org as spam ${any.text}` }
        expect(classifyReply(blocked)).not.toMatch(/^hard$/)
      }),
    )
  })

  it('defers 4xx, rejects 5xx, and touches no reader for trouble of ours', () => {
    fc.assert(
      fc.property(reply, (any) => {
        const { kind, reply: heard } = outcomeOf(any, false)
        if (heard.class === 'ours') expect(kind).toBe('unavailable')
        else expect(kind).toBe((any.code ?? 400) >= 500 ? 'rejected' : 'deferred')
      }),
    )
  })

  it('reads a hostile reply in no time', () => {
    const hostile = [
      `550 ${'user '.repeat(20_000)}`,
      `550 ${'a@'.repeat(50_000)}`,
      `550 ${'1.'.repeat(50_000)}`,
      `550 ${'x.'.repeat(400)}${'-'.repeat(600)}`,
    ]
    const started = performance.now()
    for (const long of hostile) classifyReply(said(long))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

it.each([
  ['550 5.1.1 no', '5.1.1'],
  ['550-5.7.26 no\n550 5.7.26 no', '5.7.26'],
  ['550 sorry (#5.1.1)', '5.1.1'],
  ['554 cmsmtp 5.7.1 no', '5.7.1'],
  ['550 blocked 5.1.1.7', null],
  ['550 blocked [192.5.1.1]', null],
  ['550 version 15.20.1', null],
  ['550 ends with 5.2.1.', '5.2.1'],
  ['550 no', null],
])('finds the enhanced code of %j', (text, code) => {
  expect(enhancedCodeIn(text)).toBe(code)
})
