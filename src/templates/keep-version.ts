import type { Tx } from '../../db/database.js'
import type { Template } from '../../db/tables/template.js'

/** What one person types within this time is one version. */
const BURST_MS = 5 * 60_000
const VERSIONS_KEPT = 200

/** Remembers what a template is like now. What is `typed` goes into the version that the same person has begun to type a little before. */
export async function keepVersion(
  tx: Tx,
  template: Pick<Template, 'id' | 'name' | 'source' | 'version'>,
  { by, now, isTyped }: { by: string | null; now: Date; isTyped: boolean },
): Promise<void> {
  const { id, name, source, version } = template
  const made = { version, name, source, is_typed: isTyped, made_by: by, made_at: now }
  const latest = await tx
    .selectFrom('template_version')
    .select(['version', 'is_typed', 'made_by', 'begun_at', 'name', 'source'])
    .where('template_id', '=', id)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const isSame = latest?.source === source && latest.name === name
  const goesOn =
    latest?.is_typed && latest.made_by === by && now.getTime() - latest.begun_at.getTime() < BURST_MS
  if (latest && (isSame || goesOn)) {
    await tx
      .updateTable('template_version')
      .set(isSame ? { version, is_typed: latest.is_typed && isTyped } : made)
      .where('template_id', '=', id)
      .where('version', '=', latest.version)
      .execute()
    return
  }
  await tx
    .insertInto('template_version')
    .values({ template_id: id, begun_at: now, ...made })
    .execute()
  await forgetOldest(tx, id)
}

async function forgetOldest(tx: Tx, id: string): Promise<void> {
  const oldest = await tx
    .selectFrom('template_version')
    .select('version')
    .where('template_id', '=', id)
    .orderBy('version', 'desc')
    .offset(VERSIONS_KEPT)
    .limit(1)
    .executeTakeFirst()
  if (!oldest) return
  const old = tx.deleteFrom('template_version').where('template_id', '=', id)
  await old.where('version', '<=', oldest.version).execute()
}
