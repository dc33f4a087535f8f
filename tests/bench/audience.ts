import { sql } from 'kysely'
import { newId } from '../../db/uuid.js'
import { sampleOrganisation } from '../../src/cli/sample/organisation.js'
import type { Context } from '../../src/context.js'
import { createIssue } from '../../src/issues/create-issue.js'
import { insertBlocks } from '../../src/issues/insert-blocks.js'
import { saveOrganisation } from '../../src/issues/organisation.js'
import { sampleContent } from '../helpers/sample-content.js'

type Needs = Pick<Context, 'db' | 'clock'>

/** A list with so many confirmed readers, written in one statement. */
export async function createAudience({ db, clock }: Needs, name: string, readers: number): Promise<string> {
  const now = clock.now()
  const listId = newId(now)
  await db.insertInto('list').values({ id: listId, slug: name, name, created_at: now }).execute()
  await sql`
    with person as (
      insert into subscriber (id, email, email_key, fields, created_at)
      select delivery_id(${now.getTime()}::bigint + n / 64, sha256((${name} || n)::bytea)), 'reader' || n || '@' || ${name} || '.example.org',
        'reader' || n || '@' || ${name} || '.example.org',
        jsonb_build_object('FIRSTNAME', 'Reader' || n, 'CITY', 'Turku'), ${now}
      from generate_series(1, ${readers}::int) n returning id
    )
    insert into subscription (list_id, subscriber_id, status, created_at, confirmed_at)
    select ${listId}, id, 'confirmed', ${now}, ${now} from person`.execute(db)
  await sql`analyze subscriber, subscription`.execute(db)
  return listId
}

/** A draft for a list, whose mail has about so many bytes. */
export async function createDraft(
  ctx: Needs,
  listId: string,
  bytes: number,
): Promise<{ issueId: string; version: number }> {
  await saveOrganisation(ctx, sampleOrganisation)
  const now = ctx.clock.now()
  const issueId = await createIssue(ctx, { title: 'Bench issue', accountId: null })
  const words = 'the regional plan for workshops and markets, '
  const paragraph = `<p>Dear <<contact.FIRSTNAME | default: "reader">>, ${words.repeat(8)}near <<contact.CITY>>.</p>`
  const blocks = Array.from({ length: Math.max(1, Math.round((bytes - 17_000) / 2450)) }, () => ({
    id: newId(now),
    kind: 'text' as const,
    content: { html: paragraph },
  }))
  await ctx.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('block').where('issue_id', '=', issueId).execute()
    await insertBlocks(tx, { issueId, now }, sampleContent(blocks).blocks)
  })
  await ctx.db.insertInto('issue_list').values({ issue_id: issueId, list_id: listId }).execute()
  return { issueId, version: 1 }
}
