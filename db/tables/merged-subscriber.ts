/** The record of a person that was taken over by another: links in mails that it got still name it. */
export type MergedSubscriberTable = {
  gone_id: string
  kept_id: string
  merged_at: Date
}
