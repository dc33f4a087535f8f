import type { NewsItem } from '../../db/tables/news-item.js'

export type NewsStatus = NewsItem['status']

/** From which state a news item may go where; everything else is refused. What was decided can be laid open again. */
export const NEWS_MOVES: Readonly<Record<NewsStatus, readonly NewsStatus[]>> = {
  proposed: ['accepted', 'rejected'],
  accepted: ['proposed'],
  rejected: ['proposed'],
}

/** The states from which a news item may come to `to`. */
export function newsStatesBefore(to: NewsStatus): NewsStatus[] {
  return (Object.keys(NEWS_MOVES) as NewsStatus[]).filter((from) => NEWS_MOVES[from].includes(to))
}
