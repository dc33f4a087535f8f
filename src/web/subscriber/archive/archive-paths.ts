/** The address of an issue in the archive, below the origin; `language` only where it is not the issue's own. */
export function issuePath({ slug }: { slug: string }, language: string | null = null): string {
  const path = `/archive/${encodeURIComponent(slug)}`
  return language ? `${path}/${encodeURIComponent(language)}` : path
}

/** What narrows the archive or a feed, as its address says it; page 1 goes without saying. */
export type ArchiveQuery = { q?: string; year?: number | null; list?: string | null; page?: number }

/** The address of the archive, or of a feed of it, narrowed. */
export function archivePath({ q, year, list, page = 1 }: ArchiveQuery, base = '/archive'): string {
  const query = new URLSearchParams()
  if (q) query.set('q', q)
  if (list) query.set('list', list)
  if (year) query.set('year', String(year))
  if (page > 1) query.set('page', String(page))
  return query.size > 0 ? `${base}?${query}` : base
}
