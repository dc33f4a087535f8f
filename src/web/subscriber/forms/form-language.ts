import type { Request } from 'express'
import type { OpenForm } from '../../../audience/forms/find-form.js'
import { closestLanguage } from '../../../rendering/languages/pick-language.js'
import { FORM_LANGUAGES, type FormLanguage } from '../../../rendering/messages/forms.js'

/** The language of a form for a reader: the one asked for (`?lang=`, or as the form was read), else the browser's, else the form's first. */
export function formLanguage(req: Request, { content }: Pick<OpenForm, 'content'>, asked = ''): FormLanguage {
  const wanted = [asked, String(req.query['lang'] ?? ''), ...req.acceptsLanguages()].filter(Boolean)
  for (const language of wanted) {
    const found = closestLanguage(language, content.languages)
    if (isFormLanguage(found)) return found
  }
  return content.languages[0] ?? 'en'
}

function isFormLanguage(language: string | null): language is FormLanguage {
  return FORM_LANGUAGES.some((known) => known === language)
}
