import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { renewForms } from '../audience/forms/save-form.js'
import { segments as segmentsInUse } from '../audience/segments/segments.js'
import type { Context } from '../context.js'
import { InvalidError } from '../errors.js'
import { addLanguage } from '../issues/add-language.js'
import type { DraftVersion } from '../issues/change-draft.js'
import { createIssue } from '../issues/create-issue.js'
import type { NewBlock } from '../issues/insert-blocks.js'
import { issueWithBlocks } from '../issues/issue.js'
import type { SegmentRule } from '../issues/issue-segments.js'
import { OrganisationForm, saveOrganisation } from '../issues/organisation.js'
import { replaceBlocks } from '../issues/replace-blocks.js'
import { reviseBlockText } from '../issues/revise-block-text.js'
import { IssueForm, reviseIssue } from '../issues/revise-issue.js'
import { LanguageForm, reviseLanguage } from '../issues/revise-language.js'
import { createNewsItem } from '../news/create-news-item.js'
import { NewsItemForm } from '../news/news-item-form.js'
import { NewsTextForm, translateNewsItem } from '../news/translate-news-item.js'
import { BLOCK_KINDS } from '../rendering/blocks.js'
import { LanguageTag } from '../rendering/languages/language-tag.js'

const Key = z.string().min(1).max(100)

/** What a text of a block, or of a row in it, says in another language. */
type Words = string | { [field: string]: Words } | Words[]
const WordsSchema: z.ZodType<Words> = z.lazy(() =>
  z.union([z.string(), z.record(z.string(), WordsSchema), z.array(WordsSchema)]),
)

/** The file of `carillon issue compose`: an issue with its news items, lists by name, blocks in order. */
export const IssueFile = z.object({
  organisation: OrganisationForm.optional(),
  title: z.string().trim().min(1),
  subject: z.string(),
  preheader: z.string().default(''),
  language: z.string().default('en'),
  design: z.string().optional(),
  lists: z.array(z.string()).default([]),
  /** Segments by name: only people in each of the first get it, nobody in any of the others. */
  segments: z
    .object({ only: z.array(z.string()).default([]), not: z.array(z.string()).default([]) })
    .default({ only: [], not: [] }),
  /** News items by a key of the file's own. */
  news: z
    .record(
      Key,
      NewsItemForm.extend({
        translations: z.record(LanguageTag, NewsTextForm.omit({ language: true })).default({}),
      }),
    )
    .default({}),
  /** Subject and preheader in further languages, in the order in which readers fall back. */
  translations: z.array(LanguageForm.partial().extend({ language: LanguageTag })).default([]),
  blocks: z.array(
    z
      .object({
        kind: z.enum(BLOCK_KINDS as [string, ...string[]]),
        newsItem: Key.optional(),
        newsItems: z.array(Key).optional(),
        /** By language: the words of the block's fields. */
        translations: z.record(LanguageTag, z.record(z.string(), WordsSchema)).default({}),
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
  // What does not fit is said before anything is saved.
  const listIds = await listIdsByName(ctx, file.lists)
  const segments = await segmentsByName(ctx, file.segments)
  const named = new Map(Object.keys(file.news).map((key) => [key, randomUUID()]))
  for (const [index, block] of file.blocks.entries()) newBlock(block, index, named)
  if (file.organisation) {
    await saveOrganisation(ctx, file.organisation)
    await renewForms(ctx)
  }
  const newsIds = new Map<string, string>()
  for (const [key, item] of Object.entries(file.news)) newsIds.set(key, await newsItemOf(ctx, item))
  const issueId = await createIssue(ctx, {
    title: file.title,
    language: file.language,
    design: file.design,
    accountId: null,
  })
  const issue = await issueWithBlocks(ctx, issueId)
  const form = IssueForm.parse({ ...issue, ...file, listIds, segments })
  const version = await reviseIssue(ctx, { issueId, version: issue.version }, form)
  const blocks = file.blocks.map((block, index) => newBlock(block, index, newsIds))
  const whole = await replaceBlocks(ctx, { issueId, version }, blocks)
  return { issueId, version: await translate(ctx, { issueId, version: whole }, file) }
}

async function newsItemOf(
  ctx: Needs,
  { translations, ...item }: z.infer<typeof IssueFile>['news'][string],
): Promise<string> {
  const id = await createNewsItem(ctx, item, null)
  for (const [index, [language, text]] of Object.entries(translations).entries())
    await translateNewsItem(ctx, { id, version: index + 1 }, { language, ...text })
  return id
}

/** Says the issue in its further languages; returns the draft's new version. */
async function translate(
  ctx: Needs,
  { issueId, version }: DraftVersion,
  file: z.infer<typeof IssueFile>,
): Promise<number> {
  let now = version
  const named = file.blocks.flatMap(({ translations }) => Object.keys(translations))
  for (const language of new Set([...file.translations.map((one) => one.language), ...named]))
    now = await addLanguage(ctx, { issueId, version: now }, language)
  for (const { language, subject = '', preheader = '' } of file.translations)
    now = await reviseLanguage(ctx, { issueId, version: now }, { language, subject, preheader })
  const { blocks } = await issueWithBlocks(ctx, issueId)
  // A masthead that the file does not have stands before its blocks.
  const first = blocks.findIndex(({ kind }) => kind === file.blocks[0]?.kind)
  for (const [index, { translations }] of file.blocks.entries()) {
    for (const [language, words] of Object.entries(translations)) {
      const given = { blockId: blocks[first + index]?.id ?? '', language, texts: byPlace(words) }
      now = await reviseBlockText(ctx, { issueId, version: now }, given)
    }
  }
  return now
}

/** Words by their places in the content, such as `entries.0.title`. */
function byPlace(words: { [field: string]: Words }, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([name, value]): [string, string][] => {
      if (typeof value === 'string') return [[prefix + name, value]]
      return Object.entries(byPlace(value as { [field: string]: Words }, `${prefix}${name}.`))
    }),
  )
}

async function listIdsByName({ db }: Needs, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const rows = await db
    .selectFrom('list')
    .select(['id', 'name'])
    .where('name', 'in', [...names])
    .where('archived_at', 'is', null)
    .execute()
  const missing = names.find((name) => !rows.some((row) => row.name === name))
  if (missing) throw new InvalidError({ lists: `There is no list called “${missing}”.` })
  return rows.map((row) => row.id)
}

async function segmentsByName(
  { db }: Needs,
  { only, not }: z.infer<typeof IssueFile>['segments'],
): Promise<SegmentRule[]> {
  if (only.length + not.length === 0) return []
  const known = await segmentsInUse({ db })
  const rules = (names: readonly string[], rule: SegmentRule['rule']) =>
    names.map((name) => {
      const found = known.find((segment) => segment.name === name)
      if (!found) throw new InvalidError({ segments: `There is no segment called “${name}”.` })
      return { segmentId: found.id, rule }
    })
  return [...rules(only, 'only'), ...rules(not, 'not')]
}

type FileBlock = z.infer<typeof IssueFile>['blocks'][number]

function newBlock(
  { kind, newsItem, newsItems, translations: _, ...content }: FileBlock,
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
