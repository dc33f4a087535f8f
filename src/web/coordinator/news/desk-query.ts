import { z } from 'zod'
import type { NewsFilter } from '../../../news/news-filter.js'

const text = z.string().trim().max(200).catch('')
const day = z.iso.date().or(z.literal('')).catch('')
const uuid = z.uuid().or(z.literal('')).catch('')

/** What the address of the news desk asks for; what makes no sense is as if it were not there. */
export const DeskQuery = z.object({
  q: text,
  region: text,
  language: text,
  status: z.enum(['accepted', 'proposed', 'rejected', 'archived', '']).catch(''),
  use: z.enum(['never', 'ever', '']).catch(''),
  issue: uuid,
  since: day,
  owner: uuid,
  valid: z.literal('yes').or(z.literal('')).catch(''),
  from: day,
  to: day,
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})
export type DeskQuery = z.infer<typeof DeskQuery>

/** Fields that stand behind “More filters”. */
export const MORE_FIELDS = ['language', 'owner', 'issue', 'since', 'valid', 'from', 'to'] as const

/** The search that an address asks for; `today` is the day on which “still valid” is meant. */
export function filterOf(query: DeskQuery, today: string): NewsFilter {
  const { status } = query
  return {
    search: query.q,
    region: query.region,
    language: query.language,
    ...(status && status !== 'archived' ? { status } : {}),
    archived: status === 'archived',
    ...(query.use ? { use: query.use } : {}),
    usedIn: query.issue,
    usedSince: query.since,
    ownerId: query.owner,
    validOn: query.valid ? today : '',
    from: query.from,
    to: query.to,
  }
}

/** The address of the desk for a query, without what is at rest. */
export function deskPath(query: Partial<DeskQuery>): string {
  const kept = Object.entries(query).filter(([name, value]) => value && !(name === 'page' && value === 1))
  const search = new URLSearchParams(kept.map(([name, value]): [string, string] => [name, String(value)]))
  return search.size > 0 ? `/news?${search}` : '/news'
}

/** Whether anything but the tab narrows the list. */
export function isFiltered({ status: _status, page: _page, ...others }: DeskQuery): boolean {
  return Object.values(others).some(Boolean)
}
