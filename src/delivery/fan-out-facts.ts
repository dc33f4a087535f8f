import type { Database } from '../../db/database.js'
import { ownMoments } from '../issues/own-time.js'
import { sendingIssue } from './sending-issue.js'

/** What holds for all slices of a fan-out and takes a look at the whole audience. */
export type FanOutFacts = {
  /** Zone by zone when an issue that follows its readers' clocks is due. */
  moments: { zone: string; at: Date }[]
  /** The readers' languages whose edition does not have the subjects that are tried. */
  otherLanguages: string[]
}

/** Reads once what every slice of a fan-out needs. */
export async function fanOutFacts(db: Database, issueId: string): Promise<FanOutFacts> {
  const issue = await db
    .selectFrom('issue')
    .select(['own_time', 'subject_test'])
    .where('id', '=', issueId)
    .executeTakeFirst()
  return {
    moments: issue?.own_time ? await ownMoments(db, issueId, issue.own_time) : [],
    otherLanguages: issue?.subject_test ? await otherLanguages(db, issueId) : [],
  }
}

async function otherLanguages(db: Database, issueId: string): Promise<string[]> {
  const { editionFor } = await sendingIssue(db, issueId)
  const main = editionFor(null).edition.language
  const rows = await db
    .selectFrom('issue_list')
    .innerJoin('subscription', 'subscription.list_id', 'issue_list.list_id')
    .innerJoin('subscriber', 'subscriber.id', 'subscription.subscriber_id')
    .select('subscriber.language')
    .distinct()
    .where('issue_list.issue_id', '=', issueId)
    .where('subscriber.language', 'is not', null)
    .execute()
  return rows.flatMap(({ language }) =>
    language && editionFor(language).edition.language !== main ? [language] : [],
  )
}
