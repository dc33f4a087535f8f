import type { Field } from '../../../../db/tables/field.js'
import type { Target } from './target.js'

type KnownField = Pick<Field, 'key' | 'label'>

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
    ...['status', 'liststatus', 'subscriptionstatus', 'memberstatus', 'subscriberstatus', 'state'],
    ...['tila', 'stato', 'statusas', 'busena', 'stare'],
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
  return header.map((name) => {
    if (Object.hasOwn(chosen, name)) return chosen[name] as Target
    const word = wordOf(name)
    const target = ofField.get(word) ?? TARGET_OF_WORD.get(word)
    if (!target || !isKnown(target) || taken.has(target)) return 'skip'
    taken.add(target)
    return target
  })
}

/** A name without case, accents, spaces and marks. */
export function wordOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
