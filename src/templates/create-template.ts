import type { Template } from '../../db/tables/template.js'
import { newId } from '../../db/uuid.js'
import type { Context } from '../context.js'
import type { BuiltInDesignId } from '../rendering/designs.js'
import { keepVersion } from './keep-version.js'
import type { TemplateInput } from './template-form.js'

export type NewTemplate = TemplateInput & {
  format: Template['format']
  /** The design whose looks the blocks have. */
  base: BuiltInDesignId
}

/** Keeps a new template with its first version and returns its id. */
export async function createTemplate(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  template: NewTemplate,
  by: string | null,
): Promise<string> {
  const now = clock.now()
  const id = newId(now)
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('template')
      .values({ id, ...template, created_by: by, created_at: now, updated_by: by, updated_at: now })
      .execute()
    await keepVersion(tx, { id, ...template, version: 1 }, { by, now, isTyped: false })
  })
  return id
}
