import type { Selectable } from 'kysely'

/** A process that sends; while `seen_at` is fresh, what it holds is its own. */
export type WorkerTable = { id: string; host: string; started_at: Date; seen_at: Date }

export type Worker = Selectable<WorkerTable>
