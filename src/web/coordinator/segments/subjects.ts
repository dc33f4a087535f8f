import type { FieldType } from '../../../../db/tables/field.js'

/** What a test asks for beside itself. */
export type Wants =
  | 'nothing'
  | 'text'
  | 'number'
  | 'day'
  | 'days'
  | 'choices'
  | 'list'
  | 'language'
  | 'zone'
  | 'issue'
  | 'count-of-last'
  | 'last'

/** One test of a subject: its name in the form, its words, and the kind of condition that it makes. */
export type Test = { value: string; label: string; wants: Wants; about: string }

export type SubjectKind =
  | `field-${FieldType}`
  | 'address'
  | 'domain'
  | 'list'
  | 'language'
  | 'time-zone'
  | 'signed-up'
  | 'received'
  | 'issue'
  | 'refused'

const test = (about: string, wants: Wants, named: Record<string, string>): Test[] =>
  Object.entries(named).map(([value, label]) => ({ value, label, wants, about }))
const FILLED = test('filled', 'nothing', { filled: 'is filled', empty: 'is empty' })

/** Every subject's tests in the order in which the form offers them. */
export const TESTS: Readonly<Record<SubjectKind, readonly Test[]>> = {
  'field-text': [
    ...test('text', 'text', {
      is: 'is',
      'is-not': 'is not',
      contains: 'contains',
      'contains-not': 'does not contain',
      begins: 'begins with',
    }),
    ...FILLED,
  ],
  'field-number': [
    ...test('number', 'number', {
      is: 'is',
      'is-not': 'is not',
      below: 'is below',
      'at-most': 'is at most',
      above: 'is above',
      'at-least': 'is at least',
    }),
    ...FILLED,
  ],
  'field-date': [
    ...test('date', 'day', { on: 'is on', before: 'is before', after: 'is after' }),
    ...test('date-days', 'days', { last: 'is in the last', next: 'is in the next' }),
    ...FILLED,
  ],
  'field-yes-no': [...test('yes-no', 'nothing', { yes: 'is yes', no: 'is no' }), ...FILLED],
  'field-choice': [
    ...test('choice', 'choices', { 'one-of': 'is one of', 'none-of': 'is none of' }),
    ...FILLED,
  ],
  address: test('address', 'text', { contains: 'contains', begins: 'begins with', is: 'is' }),
  domain: test('domain', 'text', { is: 'is', 'is-not': 'is not' }),
  list: test('list', 'list', {
    on: 'confirmed on',
    'not-on': 'not on',
    waiting: 'waiting to be confirmed on',
    left: 'has left',
  }),
  language: [
    ...test('language', 'language', { is: 'is', 'is-not': 'is not' }),
    ...test('language-known', 'nothing', { known: 'is known', unknown: 'is not known' }),
  ],
  'time-zone': [
    ...test('time-zone', 'zone', { is: 'is', 'is-not': 'is not' }),
    ...test('time-zone-known', 'nothing', { known: 'is known', unknown: 'is not known' }),
  ],
  'signed-up': [
    ...test('signed-up-days', 'days', { within: 'in the last', 'longer-ago': 'before the last' }),
    ...test('signed-up', 'day', { on: 'on', before: 'before', after: 'after' }),
  ],
  received: test('received', 'count-of-last', { 'at-least': 'at least', 'at-most': 'at most' }),
  issue: test('issue', 'issue', { got: 'got', 'did-not-get': 'did not get' }),
  refused: test('refused', 'last', { some: 'came back or was refused', none: 'never came back' }),
}

/** The subjects that are no fields, with their words. */
export const FIXED_SUBJECTS: Readonly<Record<Exclude<SubjectKind, `field-${string}`>, string>> = {
  address: 'Address',
  domain: 'Domain of the address',
  list: 'List',
  language: 'Language',
  'time-zone': 'Time zone',
  'signed-up': 'Known since',
  received: 'Issues received',
  issue: 'A certain issue',
  refused: 'Mail to them',
}
