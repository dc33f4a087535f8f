import { z } from 'zod'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { createIssue } from '../issues/create-issue.js'
import type { NewBlock } from '../issues/insert-blocks.js'
import { issueWithBlocks } from '../issues/issue.js'
import { OrganisationForm, saveOrganisation } from '../issues/organisation.js'
import { replaceBlocks } from '../issues/replace-blocks.js'
import { IssueForm, reviseIssue } from '../issues/revise-issue.js'
import { createNewsItem } from '../news/create-news-item.js'
import { NewsItemForm } from '../news/news-item-form.js'
import { BLOCK_KINDS } from '../rendering/blocks.js'

const Key = z.string().min(1).max(100)

/** The file of `carillon issue compose`: an issue with its news items, lists by name, blocks in order. */
export const IssueFile = z.object({
  organisation: OrganisationForm.optional(),
  title: z.string().trim().min(1),
  subject: z.string(),
  preheader: z.string().default(''),
  language: z.string().default('en'),
  design: z.string().optional(),
  lists: z.array(z.string()).default([]),
  /** News items by a key of the file's own. */
  news: z.record(Key, NewsItemForm).default({}),
  blocks: z.array(
    z
      .object({
        kind: z.enum(BLOCK_KINDS as [string, ...string[]]),
        newsItem: Key.optional(),
        newsItems: z.array(Key).optional(),
      })
      .loose(),
  ),
})

type Needs = Pick<Context, 'db' | 'clock'>

/** Makes a draft from an issue file and returns its id and version. Throws `InvalidError` naming what does not fit. */
export async function composeIssue(
  ctx: Needs,
  file: z.infer<typeof IssueFile>,
): Promise<{ issueId: string; version: number }> {
  if (file.organisation) await saveOrganisation(ctx, file.organisation)
  const listIds = await listIdsByName(ctx, file.lists)
  const newsIds = new Map<string, string>()
  for (const [key, item] of Object.entries(file.news)) newsIds.set(key, await createNewsItem(ctx, item, null))
  const issueId = await createIssue(ctx, {
    title: file.title,
    language: file.language,
    design: file.design,
    accountId: null,
  })
  const issue = await issueWithBlocks(ctx, issueId)
  const form = IssueForm.parse({ ...issue, ...file, listIds })
  const version = await reviseIssue(ctx, { issueId, version: issue.version }, form)
  const blocks = file.blocks.map((block, index) => newBlock(block, index, newsIds))
  return { issueId, version: await replaceBlocks(ctx, { issueId, version }, blocks) }
}

async function listIdsByName({ db }: Needs, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const rows = await db
    .selectFrom('list')
    .select(['id', 'name'])
    .where('name', 'in', [...names])
    .execute()
  const missing = names.find((name) => !rows.some((row) => row.name === name))
  if (missing) throw new InvalidError({ lists: `There is no list called “${missing}”.` })
  return rows.map((row) => row.id)
}

type FileBlock = z.infer<typeof IssueFile>['blocks'][number]

function newBlock(
  { kind, newsItem, newsItems, ...content }: FileBlock,
  index: number,
  ids: Map<string, string>,
) {
  const idOf = (key: string) => {
    const id = ids.get(key)
    if (!id) throw new InvalidError({ [`blocks.${index}`]: `There is no news item “${key}” in this file.` })
    return id
  }
  const chosen = {
    ...(newsItem ? { newsItemId: idOf(newsItem) } : {}),
    ...(newsItems ? { newsItemIds: newsItems.map(idOf) } : {}),
  }
  return { kind, content: { ...content, ...chosen } } as NewBlock
}
