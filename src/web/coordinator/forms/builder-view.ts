import type { Form } from '../../../../db/tables/form.js'
import { fields as fieldsInUse } from '../../../audience/fields/fields.js'
import { type OpenForm, openForm } from '../../../audience/forms/find-form.js'
import { FormContent } from '../../../audience/forms/form-content.js'
import { CORNERS, FormLook, THEMES } from '../../../audience/forms/form-look.js'
import type { FormDraft } from '../../../audience/forms/save-form.js'
import { lists } from '../../../audience/lists.js'
import type { Context } from '../../../context.js'
import { languageName } from '../../../rendering/languages/language-tag.js'
import { FORM_LANGUAGES, FORM_WORDS, type FormLanguage } from '../../../rendering/messages/forms.js'
import { palette } from '../../../rendering/palette.js'
import { formView, languageLinks } from '../../subscriber/forms/form-view.js'
import { draftFrom, isDefaultForm } from './form-draft.js'
import { snippet, snippetScript } from './snippet.js'

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
    look: lookFields(content.look, form),
    main: content.languages[0] ?? 'en',
    preview: await previewView(ctx, draft, content.languages[0] ?? 'en'),
  }
}

/** How a draft looks to readers, in one of its languages; what cannot be saved yet is left out. */
export async function previewView(ctx: Needs, { content }: FormDraft, language: FormLanguage) {
  const shown = FormContent.safeParse({
    ...content,
    look: FormLook.safeParse(content.look ?? {}).data ?? {},
    redirectUrl: '',
    origins: [],
  })
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
    script: snippetScript(publicUrl),
    snippets: form.content.languages.map((language, index) => ({
      language: languageName(language),
      code: snippet(form, { language, publicUrl }),
      isFirst: index === 0,
    })),
    hasSeveral: form.content.languages.length > 1,
  }
}

const LOOK_WORDS = {
  soft: 'A little rounded',
  round: 'Round',
  square: 'Square',
  auto: 'As the reader’s screen, or the page around it',
  light: 'Always light',
  dark: 'Always dark',
} as const

/** The choices of a look, and what becomes of an accent colour that is too weak for the words of a button. */
function lookFields(look: FormDraft['content']['look'], form: OpenForm | null) {
  const { accent = '', corners = 'soft', theme = 'auto' } = look ?? {}
  const options = (values: readonly (keyof typeof LOOK_WORDS)[]) =>
    values.map((value) => ({ value, label: LOOK_WORDS[value] }))
  const shown = FormLook.shape.accent.safeParse(accent).data || form?.brand.primary
  const used = shown && palette({ primary: shown, accent: shown }).link
  return {
    accent,
    picked: used,
    hint:
      used && used !== shown
        ? `Words would be hard to read with ${shown}: ${used}, the nearest shade that reads, takes its place.`
        : 'Left empty, the main colour of your brand. Where words would be hard to read, the nearest shade takes its place.',
    corners,
    theme,
    cornerChoices: options(CORNERS),
    themeChoices: options(THEMES),
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
