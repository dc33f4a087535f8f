import type { Form } from '../../../../db/tables/form.js'
import { fields as fieldsInUse } from '../../../audience/fields/fields.js'
import { type OpenForm, openForm } from '../../../audience/forms/find-form.js'
import { FormContent } from '../../../audience/forms/form-content.js'
import type { FormDraft } from '../../../audience/forms/save-form.js'
import { lists } from '../../../audience/lists.js'
import type { Context } from '../../../context.js'
import { languageName } from '../../../rendering/languages/language-tag.js'
import { FORM_LANGUAGES, FORM_WORDS, type FormLanguage } from '../../../rendering/messages/forms.js'
import { formView, languageLinks } from '../../subscriber/forms/form-view.js'
import { draftFrom, isDefaultForm } from './form-draft.js'
import { snippet, snippetExtras } from './snippet.js'

type Needs = Pick<Context, 'db' | 'clock' | 'config'>

const ASKS = [
  { value: '', label: 'Not asked' },
  { value: 'optional', label: 'Asked' },
  { value: 'required', label: 'Must be filled in' },
]

/** What the builder's page shows of a draft; `form` is null for a new one. */
export async function builderView(ctx: Needs, draft: FormDraft, form: OpenForm | null) {
  const { content } = draft
  const [known, fields] = await Promise.all([lists(ctx), fieldsInUse(ctx)])
  const asked = new Map(
    content.fields.map(({ key, isRequired }) => [key, isRequired ? 'required' : 'optional']),
  )
  const texts = form ? draftFrom(form).content.texts : {}
  return {
    form: { ...draft, redirectUrl: content.redirectUrl, origins: content.origins.join('\n') },
    isDefault: isDefaultForm(form),
    isOfPublic: content.listIds === null,
    offersChoice: content.offersChoice,
    asksLanguage: content.asksLanguage,
    lists: known.map(({ id, name, opt_in, is_public }) => ({
      id,
      name,
      isSingle: opt_in === 'single',
      isPublic: is_public,
      isTicked: content.listIds?.includes(id) ?? false,
    })),
    fields: fields
      .filter(({ is_on_forms }) => is_on_forms)
      .map(({ key, label }) => ({ key, label, asks: ASKS, asked: asked.get(key) ?? '' })),
    languages: FORM_LANGUAGES.map((language) =>
      languageView(language, { content, texts, sender: form?.sender ?? '' }),
    ),
    mains: FORM_LANGUAGES.map((language) => ({ value: language, label: languageName(language) })),
    main: content.languages[0] ?? 'en',
    preview: await previewView(ctx, draft, content.languages[0] ?? 'en'),
  }
}

/** How a draft looks to readers, in one of its languages; what cannot be saved yet is left out. */
export async function previewView(ctx: Needs, { content }: FormDraft, language: FormLanguage) {
  const shown = FormContent.safeParse({ ...content, redirectUrl: '', origins: [] })
  if (!shown.success) return null
  const now = ctx.clock.now()
  const unsaved: Form = { id: '', slug: '', name: '', version: 0, created_at: now, closed_at: null }
  const form = await openForm(ctx.db, unsaved, shown.data)
  return {
    ...formView(form, { language }),
    prefix: 'preview-',
    title: formView(form, { language }).texts.title,
    others: languageLinks(form, language),
  }
}

/** Where a saved form is: its page, what to put into other pages, its endpoint. */
export function usesOf({ config: { publicUrl } }: Pick<Needs, 'config'>, form: OpenForm) {
  const address = isDefaultForm(form) ? `${publicUrl}/join` : `${publicUrl}/f/${form.slug}`
  return {
    address,
    endpoint: `${publicUrl}/f/${form.slug}.json`,
    ...snippetExtras(publicUrl),
    snippets: form.content.languages.map((language, index) => ({
      language: languageName(language),
      code: snippet(form, { language, publicUrl }),
      isFirst: index === 0,
    })),
    hasSeveral: form.content.languages.length > 1,
  }
}

type Texts = FormDraft['content']['texts']

function languageView(
  language: FormLanguage,
  { content, texts, sender }: { content: FormDraft['content']; texts: Texts; sender: string },
) {
  const words = FORM_WORDS[language]
  const own = content.texts[language] ?? texts[language]
  return {
    tag: language,
    label: languageName(language),
    isOn: content.languages.includes(language),
    title: own?.title,
    intro: own?.intro,
    consent: own?.consent ?? words.consent(sender),
    button: own?.button,
    success: own?.success,
    usual: { title: words.title, button: words.button, success: words.inbox },
  }
}
