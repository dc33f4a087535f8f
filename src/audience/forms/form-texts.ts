import { FORM_WORDS, type FormLanguage } from '../../rendering/messages/forms.js'
import type { OpenForm } from './find-form.js'
import type { FormTexts } from './form-content.js'

/** What a form says in a language: its own words, the catalogue's where it has none. */
export function formTexts(
  { content, sender, lists }: Pick<OpenForm, 'content' | 'sender' | 'lists'>,
  language: FormLanguage,
): FormTexts & { successTitle: string; isMailed: boolean } {
  const own = content.texts[language]
  const words = FORM_WORDS[language]
  const isMailed = lists.some((list) => list.opt_in === 'double')
  return {
    title: own?.title || words.title,
    intro: own?.intro ?? '',
    consent: own?.consent || content.consents[language] || words.consent(sender),
    button: own?.button || words.button,
    success: own?.success || (isMailed ? words.inbox : words.thanks),
    successTitle: isMailed ? words.inboxTitle : words.thanksTitle,
    isMailed,
  }
}

/** Whether readers of a form choose among its lists: one list is no choice. */
export function hasChoice({ content, lists }: Pick<OpenForm, 'content' | 'lists'>): boolean {
  return content.offersChoice && lists.length > 1
}
