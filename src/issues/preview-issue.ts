import type { Links } from '../audience/tokens.js'
import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import {
  type CompiledEdition,
  compileEdition,
  type RenderedEdition,
  renderEdition,
} from '../rendering/compile-edition.js'
import type { IssueContent, Problem } from '../rendering/issue-content.js'
import { missingTranslations } from '../rendering/languages/missing-translations.js'
import { pickLanguage } from '../rendering/languages/pick-language.js'
import type { MergeValues } from '../rendering/merge/template.js'
import { editionProblems } from './edition-problems.js'
import { type IssueWithBlocks, issueWithBlocks } from './issue.js'
import { type IssueEditions, issueEditions } from './issue-editions.js'
import { mergeValues, type Reader } from './merge-values.js'

export type Preview = RenderedEdition & {
  /** The language of the edition. */
  language: string
  problems: Problem[]
  /** Size of the HTML before merging, in bytes. */
  htmlBytes: number
  content: IssueContent
  edition: CompiledEdition
}

export type PreviewOptions = {
  as?: string | null
  /** The language to show, whatever the reader's is; none: the reader's edition. */
  language?: string | null
  /** Whether to say what is wrong with the editions in the other languages, too. */
  everyLanguage?: boolean
  links?: Links
  /** Gives every block a place to jump to, `#block-` and its id. */
  hasAnchors?: boolean
}

/** Whom a mail is shown as while nobody is chosen. */
export const SAMPLE_READER: Reader = {
  email: 'reader@example.org',
  fields: {
    FIRSTNAME: 'Robin',
    LASTNAME: 'Reader',
    ORGANISATION: 'Sample House',
    CITY: 'Sampleton',
    COUNTRY: 'Europe',
  },
}

// A preview must not unsubscribe anybody.
const NOWHERE = { UNSUBSCRIBE: '#', PREFERENCES: '#', WEBVIEW: '#' }

/**
 * An issue as one reader would get it now (`as`: a subscriber's id; none: a sample reader), with what is still wrong in it;
 * one that has been scheduled is shown as it was frozen. Throws `NotFoundError` for an unknown issue or subscriber.
 */
export async function previewIssue(
  ctx: Pick<Context, 'db' | 'clock'>,
  issueId: string,
  { as, language = null, everyLanguage = false, links = NOWHERE, hasAnchors = false }: PreviewOptions = {},
): Promise<Preview> {
  const issue = await issueWithBlocks(ctx, issueId)
  const reader = as ? await readerOf(ctx, as) : { ...SAMPLE_READER, language: null }
  const editions = await issueEditions(ctx, issue, ctx.clock.now())
  const shown = language ?? pickLanguage(reader.language, editions)
  const content = editions.contentIn(shown)
  const frozen = await frozenEdition(ctx, issue, shown)
  const edition = frozen ?? (await compileEdition(content, { hasAnchors }))
  const others = frozen ? [] : await otherEditions(editions, { shown: edition.language, everyLanguage })
  const missing = frozen ? [] : missingTranslations(editions.states, editions)
  const values = mergeValues({ title: issue.title, date: content.date, edition }, reader, links)
  return {
    ...renderEdition(edition, values),
    language: edition.language,
    problems: [...editionProblems(inOrder([edition, ...others], editions)), ...missing],
    htmlBytes: edition.htmlBytes,
    content,
    edition,
  }
}

// What is wrong with the original is always said, whichever edition is shown.
function otherEditions(
  { main, order, contentIn }: IssueEditions,
  { shown, everyLanguage }: { shown: string; everyLanguage: boolean },
): Promise<CompiledEdition[]> {
  const wanted = everyLanguage ? order : [main]
  const others = wanted.filter((language) => language !== shown)
  return Promise.all(others.map((language) => compileEdition(contentIn(language))))
}

function inOrder(compiled: readonly CompiledEdition[], { main }: IssueEditions): CompiledEdition[] {
  return compiled.toSorted((a, b) => Number(b.language === main) - Number(a.language === main))
}

/** What merge fields stand for in the sample reader's mail. */
export function sampleValues(
  issue: { title: string; date: string; edition: CompiledEdition },
  links: Links = NOWHERE,
): MergeValues {
  return mergeValues(issue, SAMPLE_READER, links)
}

async function frozenEdition(
  { db }: Pick<Context, 'db'>,
  issue: IssueWithBlocks,
  language: string,
): Promise<CompiledEdition | null> {
  if (issue.status === 'draft') return null
  const rows = await db
    .selectFrom('edition')
    .select(['language', 'compiled'])
    .where('issue_id', '=', issue.id)
    .where('language', 'in', [language, issue.language])
    .execute()
  const row = rows.find((one) => one.language === language) ?? rows[0]
  return (row?.compiled ?? null) as CompiledEdition | null
}

async function readerOf(
  { db }: Pick<Context, 'db'>,
  subscriberId: string,
): Promise<Reader & { language: string | null }> {
  const reader = await db
    .selectFrom('subscriber')
    .select(['email', 'fields', 'language'])
    .where('id', '=', subscriberId)
    .executeTakeFirst()
  if (!reader) throw new NotFoundError('This subscriber no longer exists.')
  return reader
}
