import type { Context } from '../context.js'
import { reviseTemplate, type TemplateState } from './revise-template.js'
import { templateVersion } from './template-versions.js'

/** Makes an earlier version of a template the present one, as a new version; throws as `reviseTemplate` does, and `NotFoundError`. */
export async function restoreTemplate(
  ctx: Pick<Context, 'db' | 'clock'>,
  state: TemplateState,
  { earlier, by }: { earlier: number; by: string | null },
): Promise<number> {
  const { name, source } = await templateVersion(ctx, state.id, earlier)
  return reviseTemplate(ctx, state, { name, source, by })
}
