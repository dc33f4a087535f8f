/** A rate shared by all workers: whole messages that may leave now. */
export type TokenBucketTable = { key: string; tokens: number; filled_at: Date }
