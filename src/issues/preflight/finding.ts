/** What the checks are sorted by, in the order in which they are shown. */
export const FINDING_GROUPS = ['words', 'links', 'reading', 'arriving', 'sender', 'audience'] as const
export type FindingGroup = (typeof FINDING_GROUPS)[number]

/** Where something is mended: a block, or a field of the issue itself when there is no block. Lines count from 1. */
export type FindingPlace = { blockId: string | null; field: string | null; line: number | null }

/** What a check has to say: what is wrong and what to do, in one or two sentences; errors block scheduling. */
export type Remark = Partial<FindingPlace> & {
  /** Where it belongs to another group than what else its check finds. */
  group?: FindingGroup
  severity: 'error' | 'warning'
  message: string
}

/** A remark with the check that made it. */
export type Finding = FindingPlace & {
  check: string
  group: FindingGroup
  severity: 'error' | 'warning'
  message: string
  /** Which further language it is about, and where in it; null: the issue as it was written. */
  translation: { language: string; blockId: string | null } | null
}

/** Shortens what is quoted in a sentence. */
export function quoted(text: string, most = 50): string {
  const words = text.replace(/\s+/g, ' ').trim()
  return `“${words.length > most ? `${words.slice(0, most).trimEnd()}…` : words}”`
}
