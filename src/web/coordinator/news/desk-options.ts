import { accounts } from '../../../accounts/accounts.js'
import { mayDo } from '../../../accounts/role.js'
import type { Context } from '../../../context.js'
import { issueList } from '../../../issues/issue.js'
import { newsLanguages, newsRegions } from '../../../news/news-library.js'
import { languageName } from '../../../rendering/languages/language-tag.js'

type Option = { value: string; label: string }

/** What the filters of the desk offer. */
export async function deskOptions(ctx: Pick<Context, 'db'>): Promise<Record<string, Option[]>> {
  const [regions, languages, owners, issues] = await Promise.all([
    newsRegions(ctx),
    newsLanguages(ctx),
    officeAccounts(ctx),
    issueList(ctx),
  ])
  return {
    regions: [{ value: '', label: 'All regions' }, ...regions.map(same)],
    languages: [{ value: '', label: 'Any language' }, ...languages.map(named)],
    owners: [{ value: '', label: 'Anybody' }, ...owners],
    issues: [
      { value: '', label: 'Any issue' },
      ...issues.map(({ id, title, subject }) => ({
        value: id,
        label: subject ? `${title}: ${subject}` : title,
      })),
    ],
    uses: [
      { value: '', label: 'Used or not' },
      { value: 'never', label: 'Never used' },
      { value: 'ever', label: 'Used' },
    ],
  }
}

/** Those who can look after a news item, by name. */
export async function officeAccounts(ctx: Pick<Context, 'db'>): Promise<Option[]> {
  const office = (await accounts(ctx)).filter(
    ({ role, disabled_at }) => mayDo(role, 'coordinate') && !disabled_at,
  )
  return office.map(({ id, name }) => ({ value: id, label: name }))
}

function same(value: string): Option {
  return { value, label: value }
}

function named(code: string): Option {
  return { value: code, label: languageName(code) }
}
