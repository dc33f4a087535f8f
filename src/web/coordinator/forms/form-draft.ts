import { z } from 'zod'
import { DEFAULT_FORM, type OpenForm } from '../../../audience/forms/find-form.js'
import type { FormInput } from '../../../audience/forms/form-content.js'
import { CORNERS, THEMES } from '../../../audience/forms/form-look.js'
import type { FormDraft } from '../../../audience/forms/save-form.js'
import { FORM_LANGUAGES, FORM_WORDS, type FormLanguage } from '../../../rendering/messages/forms.js'
import { tickedLists } from '../../ticked-lists.js'

const TEXTS = ['title', 'intro', 'consent', 'button', 'success'] as const
const text = z.string().catch('')
const ticked = z.preprocess((value) => [value].flat(), z.array(z.unknown()))
const Body = z
  .object({
    name: text,
    which: text,
    lists: tickedLists,
    offersChoice: text,
    asksLanguage: text,
    languages: ticked,
    main: text,
    accent: text,
    corners: z.enum(CORNERS).catch('soft'),
    theme: z.enum(THEMES).catch('auto'),
    redirectUrl: text,
    origins: text,
  })
  .loose()

/** Reads the builder's page into what is saved or previewed; nothing in it is checked yet. */
export function draftOf(body: unknown, { isDefault }: { isDefault: boolean }): FormDraft {
  const form = Body.parse(body ?? {})
  const languages = languagesOf(form)
  return {
    name: form.name,
    content: {
      listIds: isDefault && form.which === 'public' ? null : form.lists,
      offersChoice: form.offersChoice === 'choice',
      fields: fieldsOf(form),
      asksLanguage: form.asksLanguage === 'on',
      languages,
      texts: Object.fromEntries(languages.map((language) => [language, textsOf(form, language)])),
      look: { accent: form.accent, corners: form.corners, theme: form.theme },
      redirectUrl: form.redirectUrl,
      origins: form.origins
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    },
  }
}

/** What the builder starts from: a new form asks for the address and no more. */
export function newDraft(sender: string): FormDraft {
  return {
    name: '',
    content: {
      listIds: [],
      offersChoice: false,
      fields: [],
      asksLanguage: false,
      languages: ['en'],
      texts: { en: filled({ content: null, sender }, 'en') },
      redirectUrl: '',
      origins: [],
    },
  }
}

/** A form as the builder shows it, every text in every language filled in as readers see it. */
export function draftFrom(form: OpenForm): FormDraft {
  const { content, sender } = form
  const texts = FORM_LANGUAGES.map((language) => [language, filled({ content, sender }, language)])
  return { name: form.name, content: { ...content, texts: Object.fromEntries(texts) } }
}

/** The words of a form in a language, its consent as it is asked for. The other texts stay empty where the usual ones are shown. */
function filled(
  { content, sender }: { content: OpenForm['content'] | null; sender: string },
  language: FormLanguage,
) {
  const own = content?.texts[language]
  return {
    title: own?.title ?? '',
    intro: own?.intro ?? '',
    consent: own?.consent || FORM_WORDS[language].consent(sender),
    button: own?.button ?? '',
    success: own?.success ?? '',
  }
}

export function isDefaultForm(form: Pick<OpenForm, 'slug'> | null): boolean {
  return form?.slug === DEFAULT_FORM
}

function languagesOf({ languages, main }: z.output<typeof Body>): FormLanguage[] {
  const chosen = FORM_LANGUAGES.filter((language) => languages.includes(language))
  return [...chosen].sort((a, b) => Number(b === main) - Number(a === main))
}

function fieldsOf(form: Readonly<Record<string, unknown>>): FormInput['fields'] {
  return Object.entries(form).flatMap(([name, value]) => {
    if (!name.startsWith('ask:') || (value !== 'optional' && value !== 'required')) return []
    return [{ key: name.slice(4), isRequired: value === 'required' }]
  })
}

function textsOf(form: Readonly<Record<string, unknown>>, language: FormLanguage) {
  const entries = TEXTS.map((part) => [part, text.parse(form[`${language}:${part}`])])
  return Object.fromEntries(entries) as Record<(typeof TEXTS)[number], string>
}
