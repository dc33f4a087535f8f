import type { Context } from '../../context.js'
import { runImportJob } from './jobs.js'

const KEPT_DAYS = 30
const DRAFT_DAYS = 7
const DAY_MS = 86_400_000

/** Takes up imports that a crash or a lost job forgot; whose file lies with the command line alone waits for it. */
export async function resumeImports({ db, queues }: Pick<Context, 'db' | 'queues'>): Promise<void> {
  const open = await db
    .selectFrom('import')
    .select('id')
    .where('status', 'in', ['checking', 'running'])
    .where(({ or, eb }) => or([eb('is_uploaded', '=', true), eb('is_read', '=', true)]))
    .execute()
  for (const { id } of open) await queues.enqueue(runImportJob, { importId: id })
}

/** Forgets the refused rows of imports that ended a month ago, and drafts and torn runs that nobody has gone on with for a week. */
export async function forgetOldImports({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const before = (days: number) => new Date(clock.now().getTime() - days * DAY_MS)
  await db
    .deleteFrom('import_refusal')
    .where('import_id', 'in', (eb) =>
      eb.selectFrom('import').select('id').where('finished_at', '<', before(KEPT_DAYS)),
    )
    .execute()
  await db
    .deleteFrom('import')
    .where('status', 'in', ['draft', 'checking'])
    .where('created_at', '<', before(DRAFT_DAYS))
    .execute()
  await db
    .updateTable('import')
    .set({ status: 'stopped', finished_at: clock.now() })
    .where('status', '=', 'running')
    .where('started_at', '<', before(DRAFT_DAYS))
    .execute()
  await db
    .deleteFrom('import_row')
    .where('import_id', 'not in', (eb) =>
      eb.selectFrom('import').select('id').where('status', 'in', ['checking', 'running']),
    )
    .execute()
  await db
    .deleteFrom('import_file')
    .where('import_id', 'in', (eb) =>
      eb.selectFrom('import').select('id').where('status', 'in', ['finished', 'stopped', 'failed']),
    )
    .execute()
}
