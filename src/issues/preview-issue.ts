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
import { compiledOnce } from './compiled-once.js'
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
  /** Every edition that was looked at, the one in the main language first. */
  editions: MadeEdition[]
}

/** An edition with what it was made from, and what is wrong with it; of the main one also what is missing in other languages. */
export type MadeEdition = { content: IssueContent; edition: CompiledEdition; problems: Problem[] }

export type PreviewOptions = {
  as?: string | null
  /** The language to show, whatever the reader's is; none: the reader's edition. */
  language?: string | null
  /** Whether to look at the editions in all languages, as the checks have to; else only at this one and the main one. */
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
  { as, language = null, everyLanguage = true, links = NOWHERE, hasAnchors = false }: PreviewOptions = {},
): Promise<Preview> {
  const issue = await issueWithBlocks(ctx, issueId)
  const reader = as ? await readerOf(ctx, as) : { ...SAMPLE_READER, language: null }
  const editions = await issueEditions(ctx, issue, ctx.clock.now())
  const shown = language ?? pickLanguage(reader.language, editions)
  const content = editions.contentIn(shown)
  const looked = { shown, everyLanguage, hasAnchors }
  const frozen = await frozenEditions(ctx, issue, looked)
  const made = frozen.length > 0 ? frozen : await compiledEditions(editions, looked)
  const all = made.map((edition) => ({ content: editions.contentIn(edition.language), edition }))
  const edition = made.find(({ language: tag }) => tag === content.language) ?? (made[0] as CompiledEdition)
  const missing = frozen.length > 0 ? [] : missingTranslations(editions.states, editions)
  const values = mergeValues({ title: issue.title, date: content.date, edition }, reader, links)
  return {
    ...renderEdition(edition, values),
    language: edition.language,
    problems: [...editionProblems(made), ...missing],
    htmlBytes: edition.htmlBytes,
    content,
    edition,
    editions: all.map((one, at) => ({
      ...one,
      problems: at === 0 ? [...one.edition.problems, ...missing] : one.edition.problems,
    })),
  }
}

type Looked = { shown: string; everyLanguage: boolean; hasAnchors: boolean }

// What is wrong with the original is always said, whichever edition is shown.
function compiledEditions(
  { main, order, contentIn }: IssueEditions,
  { shown, everyLanguage, hasAnchors }: Looked,
): Promise<CompiledEdition[]> {
  const languages = everyLanguage ? [main, ...order, shown] : [main, shown]
  const contents = new Map(
    languages.map((language) => {
      const content = contentIn(language)
      return [content.language, content]
    }),
  )
  // Places to jump to are in the frame of the preview alone.
  return Promise.all(
    [...contents.values()].map((content) =>
      hasAnchors && content.language === shown
        ? compileEdition(content, { hasAnchors })
        : compiledOnce(content),
    ),
  )
}

/** What merge fields stand for in the sample reader's mail. */
export function sampleValues(
  issue: { title: string; date: string; edition: CompiledEdition },
  links: Links = NOWHERE,
): MergeValues {
  return mergeValues(issue, SAMPLE_READER, links)
}

async function frozenEditions(
  { db }: Pick<Context, 'db'>,
  issue: IssueWithBlocks,
  { shown, everyLanguage }: Looked,
): Promise<CompiledEdition[]> {
  if (issue.status === 'draft') return []
  const all = db
    .selectFrom('edition')
    .select('compiled')
    .where('issue_id', '=', issue.id)
    .orderBy((eb) => eb('language', '=', issue.language), 'desc')
    .orderBy('language')
  const rows = await (everyLanguage ? all : all.where('language', 'in', [shown, issue.language])).execute()
  return rows.map(({ compiled }) => compiled as CompiledEdition)
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
