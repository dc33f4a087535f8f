/** A thread is open until somebody says that it is settled; an answer or a word opens it again. */
export type ThreadStatus = 'open' | 'resolved'

/** From which state a thread may go where; everything else is refused. */
export const THREAD_MOVES: Readonly<Record<ThreadStatus, readonly ThreadStatus[]>> = {
  open: ['resolved'],
  resolved: ['open'],
}

/** Where a thread stands: resolving it is a moment that is noted. */
export function threadStatus({ resolved_at }: { resolved_at: Date | null }): ThreadStatus {
  return resolved_at ? 'resolved' : 'open'
}
