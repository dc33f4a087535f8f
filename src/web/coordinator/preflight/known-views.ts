import type { DomainFacts, Known, MailFacts } from '../../../issues/preflight/background/facts.js'
import { canBeTried, triedAddress } from '../../../issues/preflight/links.js'
import type { Preflight } from '../../../issues/preflight/preflight.js'
import { languageName } from '../../../rendering/languages/language-tag.js'

/** One line of what was found out: `text` is '' while nothing is known yet. */
export type KnownView = { label: string; icon: string; text: string; age: string; isWaiting: boolean }

const MINUTE_MS = 60_000

/** What was found out about an issue in the background, and how long ago. */
export function knownViews(result: Preflight, now: Date): KnownView[] {
  const { known, waiting } = result
  const waits = (kind: string) => waiting.some((one) => one.kind === kind)
  const line = (
    label: string,
    icon: string,
    kind: string,
    found: { text: string; checkedAt: Date } | null,
  ) => ({
    label,
    icon,
    text: found?.text ?? '',
    age: found ? inWords(now.getTime() - found.checkedAt.getTime()) : '',
    isWaiting: waits(kind),
  })
  const { audience, domain } = known
  return [
    line('Audience', 'users', 'audience', audience && { ...audience, text: audienceText(audience.facts) }),
    line('Links', 'link', 'link', linkLine(result)),
    line('Whole mail', 'mail', 'mail', mailLine(known)),
    line('Sender’s domain', 'badge-check', 'domain', domain && { ...domain, text: domainText(domain.facts) }),
  ].filter(({ text, isWaiting }) => text !== '' || isWaiting)
}

type Balance = NonNullable<Preflight['known']['audience']>['facts']

function audienceText({ recipients, duplicates, unconfirmed, suppressed }: Balance): string {
  const out = [
    [unconfirmed, 'not confirmed'],
    [suppressed, 'suppressed'],
  ].filter(([count]) => Number(count) > 0)
  const left = out.map(([count, why]) => `${number(Number(count))} ${why}`).join(', ')
  const twice = duplicates > 0 ? `; ${number(duplicates)} on more than one list get it once` : ''
  const people = recipients === 1 ? '1 person will get it' : `${number(recipients)} people will get it`
  return `${people}${left ? `; left out: ${left}` : ''}${twice}.`
}

function linkLine({ links, known }: Preflight): { text: string; checkedAt: Date } | null {
  // What stands in several languages is tried once.
  const addresses = new Set(links.filter(canBeTried).map(({ url }) => triedAddress(url)))
  const tried = [...addresses].map((address) => known.links.get(address))
  const found = tried.filter((one) => one !== undefined)
  const oldest = found.toSorted((one, other) => one.checkedAt.getTime() - other.checkedAt.getTime())[0]
  if (!oldest) return null
  const good = found.filter(({ facts }) => facts.state === 'good').length
  return { text: `${number(good)} of ${number(tried.length)} links work.`, checkedAt: oldest.checkedAt }
}

function mailLine({ mails }: Preflight['known']): { text: string; checkedAt: Date } | null {
  const weighed = mails.flatMap((mail) => (mail.known ? [{ ...mail, known: mail.known }] : []))
  const [first] = weighed
  if (!first) return null
  const isAlone = mails.length === 1
  const texts = weighed.map(
    ({ language, known }) => (isAlone ? '' : `${languageName(language)}: `) + mailText(known),
  )
  const oldest = weighed.toSorted((a, b) => a.known.checkedAt.getTime() - b.known.checkedAt.getTime())[0]
  return { text: texts.join(' '), checkedAt: (oldest ?? first).known.checkedAt }
}

function mailText({ facts, isOutdated }: Known<MailFacts>): string {
  const spam = facts.spam
    ? `SpamAssassin ${facts.spam.score.toFixed(1)} of ${facts.spam.required.toFixed(1)}`
    : 'SpamAssassin is not installed'
  return `${Math.ceil(facts.bytes / 1024)} KB on the way, ${spam}${isOutdated ? ', before your last changes' : ''}.`
}

function domainText({ trouble, spf, dkim, dmarc }: DomainFacts): string {
  if (trouble) return `${trouble} SPF, DKIM and DMARC are not known.`
  const has = (name: string, isThere: boolean) => `${name} ${isThere ? 'published' : 'missing'}`
  const signed = dkim.length > 0 && dkim.every(({ found }) => found.length > 0)
  return `${[has('SPF', spf.records.length > 0), has('DKIM', signed), has('DMARC', dmarc !== null)].join(', ')}.`
}

function inWords(ageMs: number): string {
  const minutes = Math.floor(ageMs / MINUTE_MS)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`
}

function number(value: number): string {
  return new Intl.NumberFormat('en-GB').format(value)
}
