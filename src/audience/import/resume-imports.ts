import type { Context } from '../../context.js'
import { runImportJob } from './jobs.js'

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

/** Stops torn imports that nobody has gone on with for as long as the settings say, and forgets the files and staged rows of whatever has ended. */
export async function forgetOldImports({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const { draft_days } = await db.selectFrom('retention').select('draft_days').executeTakeFirstOrThrow()
  const now = clock.now()
  await db
    .updateTable('import')
    .set({ status: 'stopped', finished_at: now })
    .where('status', '=', 'running')
    .where('started_at', '<', new Date(now.getTime() - draft_days * DAY_MS))
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
