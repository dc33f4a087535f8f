import type { Field } from '../../../../db/tables/field.js'
import { recogniseService, type Service } from './recognise-service.js'
import type { Target } from './target.js'
import { wordOf } from './word-of.js'

export type KnownField = Pick<Field, 'key' | 'label'>

/** What columns are called in English and in the languages of the project's partners, without spaces, accents and marks. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  email: [
    ...['email', 'emailaddress', 'mail', 'mailaddress', 'eemail', 'contactemail', 'subscriberemail'],
    ...[
      'sahkoposti',
      'sahkopostiosoite',
      'indirizzoemail',
      'indirizzodipostaelettronica',
      'postaelettronica',
    ],
    ...['emailadres', 'mailadres', 'eposta', 'epostaadresa', 'adresaeposte', 'emailadresa', 'adresaemail'],
    ...['adresadeemail', 'elpastas', 'elpastoadresas', 'epost', 'emailadresse', 'correo', 'courriel'],
  ],
  'field:FIRSTNAME': [
    ...['firstname', 'fname', 'givenname', 'forename', 'first', 'etunimi', 'nome', 'voornaam', 'ime'],
    ...['prenume', 'vardas', 'vorname', 'prenom'],
  ],
  'field:LASTNAME': [
    ...['lastname', 'lname', 'surname', 'familyname', 'last', 'sukunimi', 'cognome', 'achternaam', 'prezime'],
    ...['nume', 'numedefamilie', 'pavarde', 'nachname'],
  ],
  name: [
    ...['name', 'fullname', 'contactname', 'nimi', 'nomeecognome', 'nomecognome', 'naam', 'volledigenaam'],
    ...['imeiprezime', 'numecomplet', 'numesiprenume', 'vardasirpavarde', 'vardaspavarde'],
  ],
  language: [
    'language',
    'lang',
    'locale',
    'preferredlanguage',
    'kieli',
    'lingua',
    'taal',
    'jezik',
    'limba',
    'kalba',
  ],
  status: [
    ...['liststatus', 'subscriptionstatus', 'memberstatus', 'subscriberstatus'],
    ...['tila', 'statusas', 'busena'],
  ],
  blocklisted: [
    'blocklisted',
    'blacklisted',
    'emailblacklisted',
    'emailblocklisted',
    'isblocklisted',
    'isblacklisted',
  ],
  'agreed-at': [
    ...[
      'optintime',
      'optindate',
      'optinat',
      'optedinat',
      'signuptime',
      'signupdate',
      'subscribedat',
      'subscribedon',
    ],
    ...[
      'subscribetime',
      'subscribedate',
      'subscriptiondate',
      'consenttime',
      'consentdate',
      'consentedat',
      'joinedat',
    ],
    ...[
      'suostumuspaiva',
      'liittymispaiva',
      'dataiscrizione',
      'inschrijfdatum',
      'datumprijave',
      'datainscrierii',
    ],
    'prenumeratosdata',
  ],
  'confirmed-at': [
    ...['confirmtime', 'confirmdate', 'confirmedat', 'confirmedon', 'confirmationtime', 'confirmationdate'],
    ...['doubleoptintime', 'doubleoptindate', 'doubleoptinat'],
  ],
  'left-at': [
    ...['unsubtime', 'unsubscribedat', 'unsubscribedon', 'unsubscribetime', 'unsubscribedate', 'optouttime'],
    ...['optoutdate', 'cleantime'],
  ],
  attributes: ['attributes', 'attribs'],
}
const TARGET_OF_WORD = new Map(
  Object.entries(WORDS).flatMap(([target, words]) => words.map((word) => [word, target as Target] as const)),
)
/** What only these services mean by a name. */
const OF_SERVICE: Readonly<Record<Service, Readonly<Record<string, Target>>>> = {
  Brevo: {
    addedtime: 'agreed-at',
    optin: 'opt-in',
    emailmarketing: 'opt-in',
    doubleoptin: 'double-opt-in',
  },
  listmonk: { createdat: 'agreed-at' },
  Mailchimp: {},
}
/** Names of other things, too: what the rows hold decides. */
const MAYBE_STATUS = new Set(['status', 'stato', 'stare'])

/**
 * What each column of a header holds: as `chosen` by its name, else as its name says in English or a partner's language, or as a field's
 * key or label does; each thing once. A name that says nothing is left out.
 */
export function recogniseColumns(
  header: readonly string[],
  { fields, chosen = {} }: { fields: readonly KnownField[]; chosen?: Readonly<Record<string, string>> },
): Target[] {
  const ofField = new Map(
    fields.flatMap(({ key, label }) => [label, key].map((name) => [wordOf(name), `field:${key}` as Target])),
  )
  const isKnown = (target: Target) =>
    !target.startsWith('field:') || fields.some(({ key }) => target === `field:${key}`)
  const taken = new Set<Target>(
    header.flatMap((name) => (Object.hasOwn(chosen, name) ? [chosen[name] as Target] : [])),
  )
  const takeOnce = (target: Target | undefined) => {
    if (!target || !isKnown(target) || taken.has(target)) return null
    taken.add(target)
    return target
  }
  const named = header.map((name) => {
    if (Object.hasOwn(chosen, name)) return chosen[name] as Target
    return takeOnce(ofField.get(wordOf(name)) ?? TARGET_OF_WORD.get(wordOf(name)))
  })
  // What a name says by itself goes before what it says in such a file.
  const inFile = wordsOfFile(header)
  return header.map((name, at) => named[at] ?? takeOnce(inFile[wordOf(name)]) ?? 'skip')
}

function wordsOfFile(header: readonly string[]): Readonly<Record<string, Target>> {
  const words = new Set(header.map(wordOf))
  const service = recogniseService(header)
  return {
    ...(service ? OF_SERVICE[service] : {}),
    ...(words.has('prenom') ? { nom: 'field:LASTNAME' as const } : {}),
    ...(words.has('refusedbecause') ? { standing: 'standing' as const } : {}),
  }
}

/** Whether a column is called as a column of addresses is. */
export function namesAddress(column: string): boolean {
  return TARGET_OF_WORD.get(wordOf(column)) === 'email'
}

/** Whether a column is called as one of states is, but may hold something else. */
export function mayNameStatus(column: string): boolean {
  return MAYBE_STATUS.has(wordOf(column))
}
