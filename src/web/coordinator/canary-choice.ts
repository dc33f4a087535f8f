import type { Canary, SubjectTest } from '../../../db/tables/issue.js'
import { type ListWithCounts, lists } from '../../audience/lists.js'
import type { Context } from '../../context.js'
import { CANARY_LIMIT_PERCENT, CanaryForm } from '../../issues/canary.js'
import { type FirstFew, SubjectTestForm, USUAL_TEST } from '../../issues/subject-test.js'
import { readForm } from '../form.js'

const USUAL_PERCENT = 5

/** Who gets the issue first, as the form says; a form without the question means everybody at once. Throws `InvalidError`. */
export function readFirstFew(body: Readonly<Record<string, unknown>> | undefined): FirstFew {
  if (body?.['canary'] === undefined) return { canary: null, subjectTest: null }
  if (body['canary'] === 'subjects') return readForm(SubjectTestForm, body)
  return { canary: readForm(CanaryForm, body), subjectTest: null }
}

type Typed = Readonly<Record<string, unknown>>

/** The question who gets the issue first, with what was typed, or with what the issue was scheduled with before. */
export async function canaryChoice(
  ctx: Pick<Context, 'db'>,
  issue: { canary: Canary | null; subject_test: SubjectTest | null; listIds: readonly string[] },
  { typed, errors }: { typed: Typed | null; errors: Readonly<Record<string, string>> },
) {
  const known = await lists(ctx)
  const form = { ...formOf(issue.canary, issue.subject_test), ...typed }
  return {
    isOff: !['list', 'percent', 'subjects'].includes(form.canary),
    isList: form.canary === 'list',
    isPercent: form.canary === 'percent',
    isSubjects: form.canary === 'subjects',
    form,
    errors,
    lists: [
      { value: '', label: 'Choose a list' },
      ...ownFirst(known, issue.listIds).map(({ id, name, confirmed }) => ({
        value: id,
        label: `${name} (${confirmed.toLocaleString('en')} confirmed)`,
      })),
    ],
  }
}

function formOf(canary: Canary | null, test: SubjectTest | null) {
  const [subject_b = '', subject_c = ''] = test?.subjects ?? []
  return {
    canary: test ? 'subjects' : canary ? (canary.listId ? 'list' : 'percent') : 'off',
    subject_b,
    subject_c,
    test_percent: String((test && canary?.percent) ?? USUAL_TEST.percent),
    test_hours: String(test?.hours ?? USUAL_TEST.hours),
    canary_list: canary?.listId ?? '',
    canary_percent: String(canary?.percent ?? USUAL_PERCENT),
    canary_limit: String(canary?.limitPercent ?? CANARY_LIMIT_PERCENT),
  }
}

// Only somebody on the issue's own lists can get it first.
function ownFirst(known: readonly ListWithCounts[], own: readonly string[]): ListWithCounts[] {
  return [...known].sort((a, b) => Number(own.includes(b.id)) - Number(own.includes(a.id)))
}
