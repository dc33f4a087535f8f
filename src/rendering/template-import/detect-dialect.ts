import type { Dialect } from './imported-template.js'
import type { Habits } from './translate-merges.js'

const OPEN = '(?:\\{\\{\\{?|&#123;&#123;)\\s{0,50}'
const MARKERS: Readonly<Record<Exclude<Dialect, 'none'>, RegExp>> = {
  brevo: new RegExp(
    `${OPEN}(?:unsubscribe|mirror|update_profile|doubleoptin)\\b(?!_link)|${OPEN}(?:params|sender)\\.|\\{%\\s{0,50}\\w{2,6} (?:not )?(?:contact\\.[A-Z]|params\\.)|\\[(?:UNSUBSCRIBE|MIRROR|UPDATE_PROFILE)\\]`,
    'g',
  ),
  mailchimp: /\*(?:\||%7C|&#124;)[A-Z]|\bmc:(?:edit|repeatable|variant|hideable)\b/gi,
  listmonk:
    /\{\{-?\s{0,50}(?:(?:if|else if|not|range|with|index)\s{1,50})?\.(?:Subscriber|Campaign|Tx)|\{\{-?\s{0,50}(?:UnsubscribeURL|ManageURL|MessageURL|OptinURL|TrackLink|TrackView|template\s)|@TrackLink/g,
  keila: new RegExp(
    `${OPEN}(?:contact\\.[a-z]|unsubscribe_link|campaign\\.)|\\{%-?\\s{0,50}\\w{2,6} (?:not )?(?:contact\\.[a-z]|campaign\\.)`,
    'g',
  ),
  mailtrain: /(?:\[|\{\{\{?#?(?:if )?)(?:MERGE|LINK)_[A-Z]/g,
  plunk:
    /\{\{\s{0,50}[A-Za-z]\w{0,60}\s{0,50}\?\?|\{\{\s{0,50}(?:unsubscribeUrl|manageUrl|subscribeUrl|plunk_id)\b/g,
  carillon:
    /(?:<<|&lt;&lt;)\s{0,50}(?:#\s?if|contact\.|issue\.|links\.)|\{\{\s{0,50}(?:issue|links)\.[A-Z]/gi,
}
const CONTACT = new RegExp(`${OPEN}contact\\.[A-Z]`, 'g')

/** Whose language a template speaks most, by the marks that only one of them has. */
export function detectDialect(source: string): Dialect {
  const counts = Object.entries(MARKERS).map(([dialect, marker]) => ({
    dialect: dialect as Dialect,
    count: countOf(source, marker),
  }))
  const contact = countOf(source, CONTACT)
  // Brevo and we write fields alike: whoever is there for other reasons gets them.
  const owner =
    counts.find(({ dialect }) => dialect === 'brevo')?.count === 0 &&
    counts.some(({ dialect, count }) => dialect === 'carillon' && count > 0)
      ? 'carillon'
      : 'brevo'
  for (const each of counts) if (each.dialect === owner) each.count += contact
  const most = counts.reduce((best, each) => (each.count > best.count ? each : best))
  return most.count > 0 ? most.dialect : 'none'
}

/** Which bare names are tags in this template. */
export function habitsOf(source: string): Habits {
  return {
    isPlunk: countOf(source, MARKERS.plunk) > 0,
    isMailtrain: countOf(source, MARKERS.mailtrain) > 0,
    isOurs: /\{\{\{?[ \t]{0,20}blocks[ \t]{0,20}\}\}/.test(source),
  }
}

function countOf(source: string, marker: RegExp): number {
  let count = 0
  for (const _ of source.matchAll(marker)) count++
  return count
}
