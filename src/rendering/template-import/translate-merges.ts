import { TEMPLATE_SLOTS } from '../own-template/slots.js'
import type { FoundMerge } from './find-merge-tags.js'
import type { Report } from './imported-template.js'
import { type Meaning, NO_LOOPS } from './meaning.js'
import { fieldTag, isOwn, keptTag, type Quote } from './own-tags.js'
import { readBraces } from './read-braces.js'
import { readBrackets } from './read-brackets.js'
import { readPercent } from './read-percent.js'
import { readStars } from './read-stars.js'
import { resolveConditions } from './resolve-conditions.js'

/** A merge tag and where it stands: `loose` between attributes, `between` among elements of MJML that hold no text. */
export type MergePiece = {
  at: number
  merge: FoundMerge
  raw: string
  place: 'text' | 'between' | 'value' | 'loose'
  quote: Quote
  inAddress: boolean
}

/** What names a dialect allows that elsewhere are only words. */
export type Habits = { isPlunk: boolean; isMailtrain: boolean; isOurs: boolean }

type Written = { text: string; severity?: Parameters<Report>[0]; message?: string; fields?: string[] }

/** Puts our merge tags in the place of foreign ones; gives the finished text and the fields of the contact in it. */
export function translateMerges(
  pieces: readonly (string | MergePiece)[],
  habits: Habits,
  report: Report,
): { text: string; fields: string[] } {
  const merges = pieces.filter((piece) => typeof piece !== 'string')
  const meanings = merges.map((piece) => meaningOf(piece, habits))
  const resolved = resolveConditions(meanings)
  const fields = new Set<string>()
  const texts: string[] = []
  let index = 0
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      texts.push(piece)
      continue
    }
    withoutScheme(piece, meanings[index], { texts, report })
    const written = write(piece, meanings[index] ?? { kind: 'plain' }, resolved.get(index))
    index++
    if (written.severity) report(written.severity, piece.at, piece.raw, written.message ?? '')
    for (const name of written.fields ?? []) fields.add(name)
    texts.push(
      written.text !== '' && piece.place === 'between' && meanings[index - 1]?.kind !== 'slot'
        ? `<mj-raw>${written.text}</mj-raw>`
        : written.text,
    )
  }
  return { text: texts.join(''), fields: [...fields].sort() }
}

/** Editors put `http://` before the tag of a link, which then is an address within an address. */
function withoutScheme(
  { at, inAddress }: MergePiece,
  meaning: Meaning | undefined,
  { texts, report }: { texts: string[]; report: Report },
): void {
  const before = texts.at(-1) ?? ''
  if (!inAddress || meaning?.kind !== 'field' || !meaning.field.startsWith('links.')) return
  if (!/^\s*https?:\/\/$/i.test(before)) return
  texts[texts.length - 1] = ''
  report('changed', at - before.length, before.trim(), 'It is gone: the link after it is a whole address.')
}

function meaningOf({ merge: { style, inside }, inAddress }: MergePiece, habits: Habits): Meaning {
  switch (style) {
    case 'stars':
      return readStars(inside)
    case 'percent':
      return readPercent(inside)
    case 'comment':
      return { kind: 'dropped', message: 'A comment, which nobody would have seen.' }
    case 'brackets':
      return readBrackets(inside, { isMailtrain: habits.isMailtrain, inAddress })
    case 'braces':
    case 'angles':
      if (habits.isOurs && TEMPLATE_SLOTS.includes(inside)) return { kind: 'slot' }
      return readBraces(inside, habits.isPlunk)
  }
}

function write(piece: MergePiece, meaning: Meaning, resolved: string | null | undefined): Written {
  switch (meaning.kind) {
    case 'plain':
    case 'slot':
      return { text: piece.raw }
    case 'unknown':
      return kept(piece, meaning.message ?? NOT_KNOWN)
    case 'words':
      if (piece.place === 'loose') return kept(piece, '')
      return {
        ...said(piece, inQuotes(meaning.words, piece.quote)),
        message: 'The address itself stands here now.',
      }
    case 'field':
      return writeField(piece, meaning)
    case 'dropped':
      if (meaning.opens && resolved !== '') return kept(piece, NO_COMPARISON)
      return { text: '', severity: 'removed', message: meaning.message }
    case 'if':
    case 'elif':
    case 'else':
    case 'end':
      return writeCondition(piece, meaning, resolved)
  }
}

const NOT_KNOWN = 'This tag is not known: it stays as it is, and readers would see it.'
const NO_COMPARISON =
  'Conditions here only ask whether a field has a value: this one stays as it is, with all its tags.'

function writeField(piece: MergePiece, meaning: Extract<Meaning, { kind: 'field' }>): Written {
  if (piece.place === 'loose') return kept(piece, '')
  const tag = fieldTag(meaning.field, meaning.fallback, piece.quote)
  if (tag === null) return kept(piece, 'Its default cannot be written in a merge field.')
  const fields = contactKeys(meaning.field)
  if (isOwn(piece.merge, piece.raw, piece.quote) && !meaning.note) return { text: piece.raw, fields }
  const message = meaning.note ? `It is ${tag} now. ${meaning.note}` : `It is ${tag} now.`
  return { text: tag, severity: meaning.note ? 'changed' : 'translated', message, fields }
}

function writeCondition(piece: MergePiece, meaning: Meaning, resolved: string | null | undefined): Written {
  if (resolved === null || resolved === undefined) {
    if (meaning.kind === 'if') return kept(piece, whyKept(meaning.family))
    return kept(piece, ORPHAN_OR_KEPT)
  }
  const tests = 'tests' in meaning && meaning.tests ? meaning.tests : []
  const fields = tests.flatMap(({ field }) => contactKeys(field))
  if (resolved === '')
    return { text: '', severity: 'removed', message: 'It belongs to a tag that is not needed here.' }
  const isSimple = SIMPLE.test(resolved) && isOwn(piece.merge, piece.raw, piece.quote)
  return isSimple ? { text: piece.raw, fields } : { ...said(piece, resolved), fields }
}

function whyKept(family: string): string {
  if (LOOP.test(family)) return NO_LOOPS
  return CONDITION.test(family) ? NO_COMPARISON : NO_STATEMENT
}

const LOOP = /(?:for|each|range|with|RSSITEMS|FEEDITEMS|tablerow)$/
const CONDITION = /(?:if\w*|unless|case|ifchanged|ifn?o?t?equal|go|INTERESTED)$/i
const NO_STATEMENT = 'Carillon has no such statement: it stays as it is, with its end.'
const SIMPLE = /^<<(?:#if [^>]*|else|\/if)>>$/
const ORPHAN_OR_KEPT = 'It belongs to a condition that stays as it is, or to none.'

function contactKeys(field: string): string[] {
  return field.startsWith('contact.') ? [field.slice('contact.'.length)] : []
}

function said(piece: MergePiece, text: string): Written {
  return { text, severity: 'translated', message: `It is ${text} now.` }
}

function inQuotes(words: string, quote: Quote): string {
  const text = words.replace(/</g, '&lt;')
  if (quote === '') return text
  return quote === '"' ? text.replace(/"/g, '&quot;') : text.replace(/'/g, '&#39;')
}

/** A tag between attributes would be read as attributes itself: it cannot stay. */
function kept(piece: MergePiece, message: string): Written {
  if (piece.place === 'loose')
    return {
      text: '',
      severity: 'removed',
      message: 'A tag between attributes cannot stay: it may stand in a value.',
    }
  return { text: keptTag(piece.merge, piece.raw, piece.quote), severity: 'untranslated', message }
}
