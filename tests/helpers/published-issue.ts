import { releaseDueIssues } from '../../src/delivery/release-due-issues.js'
import { publishIssues } from '../../src/issues/archive/publish-issues.js'
import { scheduleIssue } from '../../src/issues/schedule-issue.js'
import { completeDraft } from './sample-issue.js'
import type { World } from './world.js'

/** What an issue is to be like; everything else is the sample's. */
export type Wanted = {
  title?: string
  subject?: string
  preheader?: string
  is_public?: boolean | null
  language?: string
}

/** A draft for the lists that says what is wanted. */
export async function wantedDraft(world: World, listIds: string[], wanted: Wanted = {}) {
  const draft = await completeDraft(world, listIds)
  if (Object.keys(wanted).length > 0)
    await world.db.updateTable('issue').set(wanted).where('id', '=', draft.issueId).execute()
  return draft
}

/** An issue that has begun to leave and has found its place in the archive; returns its id. */
export async function publishedIssue(world: World, listIds: string[], wanted: Wanted = {}): Promise<string> {
  const draft = await wantedDraft(world, listIds, wanted)
  await scheduleIssue(world, draft, null)
  await releaseDueIssues(world)
  await publishIssues(world)
  return draft.issueId
}
