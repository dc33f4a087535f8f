import { newId } from '../../db/uuid.js'
import { sampleOrganisation } from '../../src/cli/sample/organisation.js'
import type { Context } from '../../src/context.js'
import { createIssue } from '../../src/issues/create-issue.js'
import { insertBlocks } from '../../src/issues/insert-blocks.js'
import { saveOrganisation } from '../../src/issues/organisation.js'
import { sampleContent } from './sample-content.js'
import type { World } from './world.js'

/** A list with that many confirmed readers called r1@example.org, r2@… */
export async function listWithReaders(
  world: World,
  name: string,
  count: number,
): Promise<{ listId: string; readers: string[] }> {
  const now = world.clock.now()
  const listId = newId(now)
  await world.db.insertInto('list').values({ id: listId, slug: name, name, created_at: now }).execute()
  const readers: string[] = []
  for (let number = 1; number <= count; number++) {
    readers.push(await confirmedReader(world, listId, `r${number}.${name}@example.org`))
  }
  return { listId, readers }
}

/** A confirmed subscriber of a list; returns the subscriber's id. */
export async function confirmedReader(world: World, listId: string, email: string): Promise<string> {
  const now = world.clock.now()
  const id = newId(now)
  await world.db
    .insertInto('subscriber')
    .values({
      id,
      email,
      email_key: email.toLowerCase(),
      fields: JSON.stringify({ FIRSTNAME: 'Ada' }),
      created_at: now,
    })
    .execute()
  await world.db
    .insertInto('subscription')
    .values({ list_id: listId, subscriber_id: id, status: 'confirmed', created_at: now })
    .execute()
  return id
}

/** A complete draft for the lists, ready to be scheduled; returns its id and version. */
export async function completeDraft(
  world: Pick<Context, 'db' | 'clock'>,
  listIds: string[],
): Promise<{ issueId: string; version: number }> {
  await saveOrganisation(world, sampleOrganisation)
  const now = world.clock.now()
  const issueId = await createIssue(world, { title: 'Spring issue', accountId: null })
  await world.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('block').where('issue_id', '=', issueId).execute()
    const content = sampleContent([
      { id: issueId, kind: 'text', content: { html: '<p>Dear <<contact.FIRSTNAME>>, hello.</p>' } },
    ])
    await insertBlocks(tx, { issueId, now }, content.blocks)
  })
  for (const list_id of listIds)
    await world.db.insertInto('issue_list').values({ issue_id: issueId, list_id }).execute()
  return { issueId, version: 1 }
}
