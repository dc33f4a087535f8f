import type { Field } from '../../../../db/tables/field.js'
import { listNames } from '../../../audience/list-names.js'
import type { Context } from '../../../context.js'
import { sentIssueTitles } from '../../../delivery/sent-issue-titles.js'
import { timeZones } from '../../../time-zones.js'
import { languageOptions } from '../../language-options.js'
import { FIXED_SUBJECTS, type SubjectKind } from './subjects.js'

type Option = { value: string; label: string }

/** What the form of a segment lets one choose from. */
export type Offered = {
  fields: readonly Field[]
  lists: readonly Option[]
  issues: readonly Option[]
  languages: readonly Option[]
  zones: readonly Option[]
  /** Of a subject as the form names it; null for what is none. */
  kindOf(subject: string): SubjectKind | null
}

/** Everything that conditions may be about at present. */
export async function offered({ db }: Pick<Context, 'db'>): Promise<Offered> {
  const [fields, lists, issues] = await Promise.all([
    db.selectFrom('field').selectAll().orderBy('position').orderBy('key').execute(),
    listNames({ db }),
    sentIssueTitles({ db }),
  ])
  return {
    fields,
    lists: lists.map(({ id, name }) => ({ value: id, label: name })),
    issues: issues.map(({ id, title }) => ({ value: id, label: title })),
    languages: languageOptions(),
    zones: timeZones().map((zone) => ({ value: zone, label: zone })),
    kindOf: (subject) => {
      if (Object.hasOwn(FIXED_SUBJECTS, subject)) return subject as keyof typeof FIXED_SUBJECTS
      const field = fields.find(({ key }) => `field:${key}` === subject)
      return field ? `field-${field.type}` : null
    },
  }
}
