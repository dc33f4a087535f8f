import type { Template } from '../../db/tables/template.js'
import type { Context } from '../context.js'
import { mergeFieldNames } from '../rendering/compile-edition.js'
import { type CheckedTemplate, checkTemplate } from '../rendering/own-template/check-template.js'
import { contactKeys } from './contact-keys.js'

/** What is wrong with a template, given the merge fields there are. */
export async function templateProblems(
  ctx: Pick<Context, 'db'>,
  { format, source }: Pick<Template, 'format' | 'source'>,
): Promise<CheckedTemplate> {
  return checkTemplate({ format, source }, mergeFieldNames(await contactKeys(ctx)))
}
