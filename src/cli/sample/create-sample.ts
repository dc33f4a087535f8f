import { addSubscriber } from '../../audience/add-subscriber.js'
import { createList } from '../../audience/create-list.js'
import type { Context } from '../../context.js'
import { createIssue } from '../../issues/create-issue.js'
import { issueWithBlocks } from '../../issues/issue.js'
import { saveOrganisation } from '../../issues/organisation.js'
import { replaceBlocks } from '../../issues/replace-blocks.js'
import { reviseIssue } from '../../issues/revise-issue.js'
import { createNewsItem } from '../../news/create-news-item.js'
import { sampleBlocks } from './issue.js'
import { sampleNews } from './news.js'
import { sampleOrganisation } from './organisation.js'

const READERS = [
  ['Ada', 'Galway'],
  ['Mart', 'Tartu'],
  ['Inês', 'Matosinhos'],
  ['Jana', 'Plzeň'],
  ['Eleni', 'Chania'],
  ['', ''],
] as const

type Needs = Pick<Context, 'db' | 'clock' | 'keys'>

/** Fills the library, a new list with readers and a complete draft, and returns the draft. */
export async function createSample(
  ctx: Needs,
  readers: number,
): Promise<{ issueId: string; version: number }> {
  await saveOrganisation(ctx, sampleOrganisation)
  const newsIds = []
  for (const item of sampleNews) newsIds.push(await createNewsItem(ctx, item, null))
  const stamp = ctx.clock.now().toISOString().slice(0, 19).replace(/\D/g, '')
  const listId = await createList(ctx, { name: `Makers’ Quarter readers, ${dayAndTime(ctx.clock.now())}` })
  await addReaders(ctx, listId, { readers, stamp })
  const issueId = await createIssue(ctx, { title: 'Spring issue', accountId: null })
  const { subject: _, ...issue } = await issueWithBlocks(ctx, issueId)
  const version = await reviseIssue(
    ctx,
    { issueId, version: issue.version },
    {
      title: issue.title,
      subject: 'Hello <<contact.FIRSTNAME | default: "reader">>: five plans are ready',
      preheader: 'Five regions, three stories, ten short notes',
      from_name: issue.from_name,
      from_email: issue.from_email,
      reply_to: issue.reply_to,
      language: 'en',
      listIds: [listId],
    },
  )
  return { issueId, version: await replaceBlocks(ctx, { issueId, version }, sampleBlocks(newsIds)) }
}

// Every demo has a list of its own, so that its numbers are its own too.
function dayAndTime(moment: Date): string {
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  }).format(moment)
}

async function addReaders(
  ctx: Needs,
  listId: string,
  { readers, stamp }: { readers: number; stamp: string },
) {
  for (let number = 1; number <= readers; number++) {
    const [FIRSTNAME, CITY] = READERS[number % READERS.length] ?? ['', '']
    await addSubscriber(ctx, {
      email: `reader-${number}.${stamp}@example.org`,
      fields: { FIRSTNAME, CITY },
      listIds: [listId],
      note: 'A made-up reader of the demo.',
    })
  }
}
