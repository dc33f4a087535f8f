import type { OpenForm } from '../../src/audience/forms/find-form.js'
import type { FormInput } from '../../src/audience/forms/form-content.js'
import { formById } from '../../src/audience/forms/forms.js'
import { saveForm } from '../../src/audience/forms/save-form.js'
import type { Context } from '../../src/context.js'

const PLAIN: FormInput = {
  listIds: [],
  offersChoice: false,
  fields: [],
  asksLanguage: false,
  languages: ['en'],
  texts: {},
  redirectUrl: '',
  origins: [],
}

/** A form with these parts, made as a coordinator makes it. */
export async function sampleForm(
  ctx: Pick<Context, 'db' | 'clock'>,
  name: string,
  content: Partial<FormInput>,
): Promise<OpenForm> {
  const id = await saveForm(ctx, { id: null, draft: { name, content: { ...PLAIN, ...content } }, by: null })
  return formById(ctx, id)
}
