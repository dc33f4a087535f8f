import type { DatabaseOrTx } from '../../db/database.js'
import { directionOf } from '../rendering/direction.js'
import type { IssueContent } from '../rendering/issue-content.js'
import type { IssueWithBlocks } from './issue.js'
import { organisation } from './organisation.js'
import { usedNewsIds } from './used-news-ids.js'

/** Everything that compiling an issue needs, read from the database; `date` is the day it is (to be) sent, in UTC. */
export async function issueContent(
  { db }: { db: DatabaseOrTx },
  issue: IssueWithBlocks,
  today: Date,
): Promise<IssueContent> {
  const [items, fields, sender] = await Promise.all([
    newsItemsOf(db, issue),
    db.selectFrom('field').select('key').orderBy('key').execute(),
    organisation({ db: db }),
  ])
  return {
    language: issue.language,
    direction: directionOf(issue.language),
    subject: issue.subject,
    preheader: issue.preheader,
    title: issue.title,
    date: dateInWords(issue.language, issue.send_at ?? today),
    blocks: issue.blocks,
    newsItems: items,
    fields: ['EMAIL', ...fields.map((field) => field.key)],
    brand: {
      name: sender.name,
      url: sender.website,
      colours: { primary: sender.primary_colour, accent: sender.accent_colour },
    },
    template: 'project',
  }
}

/** A day in words of a language, in UTC. */
export function dateInWords(language: string, day: Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(day)
}

async function newsItemsOf(db: DatabaseOrTx, issue: IssueWithBlocks): Promise<IssueContent['newsItems']> {
  const ids = usedNewsIds(issue)
  if (ids.length === 0) return {}
  const rows = await db.selectFrom('news_item').selectAll().where('id', 'in', ids).execute()
  return Object.fromEntries(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        title: row.title,
        summaryHtml: row.summary_html,
        url: row.url,
        imageUrl: row.image_url,
        imageAlt: row.image_alt,
        region: row.region,
        language: row.language,
      },
    ]),
  )
}
