import {
  contactField,
  field,
  type Meaning,
  NO_DATA,
  NO_LOOPS,
  OWN_DATE,
  PREFERENCES,
  PREHEADER,
  type Test,
  UNSUBSCRIBE,
  unknown,
  WEBVIEW,
  WRITE_SENDER,
} from './meaning.js'

const SENDER =
  /^(?:HTML:)?(?:LIST:?_?(?:ADDRESS|COMPANY|NAME|PHONE|EMAIL|URL|DESCRIPTION|ADDRESSLINE|ADDRESS_HTML|ADDRESS_VCARD)|USER:\w+|ABOUT_LIST|BRAND:\w+)/
const OTHER =
  /^(?:FORWARD|UNIQID|EMAIL_UID|CAMPAIGN_UID|LIST_UNIQID|REWARDS\w*|MC_LANGUAGE\w*|ARCHIVE_LINK_SHORT|CONFIRM|DESCRIPTION|SHARE|POLL\w*|SURVEY\w*|RSS\w*|FEED\w*|HTML|TRANSLATE|DATE|PRODUCT\w*|CART\w*|ORDER\w*|COUPON\w*|PROMO\w*)$/
const CASE = /^(UPPER|LOWER|TITLE):(\w+)$/i
const SHOWN_AS = /^(?:URL|HTML):(\w+)$/
const NAMES: Readonly<Record<string, string>> = { FNAME: 'FIRSTNAME', LNAME: 'LASTNAME' }

/** What a Mailchimp tag, `*|…|*`, says. */
export function readStars(inside: string): Meaning {
  const condition = /^(IF|IFNOT|ELSEIF|ELSEIFNOT|INTERESTED|RSSITEMS|FEEDITEMS|END)(?::([\s\S]*))?$/i.exec(
    inside,
  )
  if (condition) return readFrame(condition[1]?.toUpperCase() ?? '', (condition[2] ?? '').trim())
  if (/^ELSE:?$/i.test(inside)) return { kind: 'else', group: 'stars' }
  const name = inside.toUpperCase()
  if (/^UNSUB(?:SCRIBE)?$/.test(name)) return field(UNSUBSCRIBE)
  if (/^UNSUB:/.test(name))
    return field(UNSUBSCRIBE, '', 'The reader does not return to the page named here.')
  if (name === 'ARCHIVE') return field(WEBVIEW)
  if (name === 'UPDATE_PROFILE') return field(PREFERENCES)
  if (name === 'MC:SUBJECT') return field('issue.SUBJECT')
  if (name === 'MC_PREVIEW_TEXT') return { kind: 'dropped', message: PREHEADER }
  if (/^DATE(?::|$)/.test(name)) return field('issue.DATE', '', OWN_DATE)
  if (name === 'CURRENT_YEAR') return unknown('There is no merge field for the year: write it here.')
  if (SENDER.test(name)) return unknown(WRITE_SENDER)
  const shown = CASE.exec(inside) ?? SHOWN_AS.exec(name)
  if (shown) return readShown(shown[2] ?? '', shown[1] ?? '')
  if (/^RSS|^FEED/.test(name)) return unknown(NO_LOOPS)
  if (OTHER.test(name)) return unknown(NO_DATA)
  const key = fieldOf(inside)
  return key ? field(key) : unknown(NO_DATA)
}

function readShown(name: string, how: string): Meaning {
  const key = fieldOf(name || how)
  if (!key) return unknown(NO_DATA)
  return field(
    key,
    '',
    name ? `The value is printed as it was entered: Carillon has no “${how}”.` : undefined,
  )
}

/** Mailchimp's keys are in capitals; anything else between its stars is no field of the audience. */
function fieldOf(name: string): string | null {
  return /^[A-Z][A-Z0-9_]*$/.test(name) ? contactField(NAMES[name] ?? name) : null
}

function readFrame(word: string, rest: string): Meaning {
  if (word === 'END') return { kind: 'end', family: `stars ${rest.replace(/:$/, '').toUpperCase() || 'IF'}` }
  if (word.startsWith('ELSEIF'))
    return { kind: 'elif', group: 'stars', tests: readTest(rest, word === 'ELSEIF') }
  if (!word.startsWith('IF')) return { kind: 'if', family: `stars ${word}`, group: 'stars', tests: null }
  if (/^MC_PREVIEW_TEXT$/i.test(rest)) return { kind: 'dropped', message: PREHEADER, opens: 'stars IF' }
  return { kind: 'if', family: 'stars IF', group: 'stars', tests: readTest(rest, word === 'IF') }
}

function readTest(name: string, holds: boolean): Test[] | null {
  const key = fieldOf(name)
  return key ? [{ field: key, holds }] : null
}
