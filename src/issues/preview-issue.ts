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
import type { MergeValues } from '../rendering/merge/template.js'
import { type IssueWithBlocks, issueWithBlocks } from './issue.js'
import { issueContent } from './issue-content.js'
import { mergeValues, type Reader } from './merge-values.js'

export type Preview = RenderedEdition & {
  problems: Problem[]
  /** Size of the HTML before merging, in bytes. */
  htmlBytes: number
  content: IssueContent
  edition: CompiledEdition
}

export type PreviewOptions = {
  as?: string | null
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
  { as, links = NOWHERE, hasAnchors = false }: PreviewOptions = {},
): Promise<Preview> {
  const issue = await issueWithBlocks(ctx, issueId)
  const content = await issueContent(ctx, issue, ctx.clock.now())
  const edition = (await frozenEdition(ctx, issue)) ?? (await compileEdition(content, { hasAnchors }))
  const reader = as ? await readerOf(ctx, as) : SAMPLE_READER
  const values = mergeValues({ title: issue.title, date: content.date, edition }, reader, links)
  const { problems, htmlBytes } = edition
  return { ...renderEdition(edition, values), problems, htmlBytes, content, edition }
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
): Promise<CompiledEdition | null> {
  if (issue.status === 'draft') return null
  const row = await db
    .selectFrom('edition')
    .select('compiled')
    .where('issue_id', '=', issue.id)
    .executeTakeFirst()
  return (row?.compiled ?? null) as CompiledEdition | null
}

async function readerOf({ db }: Pick<Context, 'db'>, subscriberId: string): Promise<Reader> {
  const reader = await db
    .selectFrom('subscriber')
    .select(['email', 'fields'])
    .where('id', '=', subscriberId)
    .executeTakeFirst()
  if (!reader) throw new NotFoundError('This subscriber no longer exists.')
  return reader
}
