/** How many deliveries of an issue stand where, kept by triggers of `delivery`; the sum over `shard` counts. */
export type TallyTable = { issue_id: string; shard: number; status: string; reason: string; count: number }
