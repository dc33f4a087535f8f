import type { OpenForm } from '../../../audience/forms/find-form.js'
import { escapeHtml } from '../../../rendering/merge/render-template.js'
import type { FormLanguage } from '../../../rendering/messages/forms.js'
import { formView } from '../../subscriber/forms/form-view.js'
import { embeddedLook } from '../../subscriber/forms/look.js'

type View = ReturnType<typeof formView>
type Field = View['fields'][number]

/**
 * A form as HTML for any other site: plain, without script or cookie, with its look inside. `data-carillon` lets the optional script prove
 * work; the text direction and the font are the site's own. The address is no `type=email`, for which browsers refuse letters beyond ASCII.
 */
export function snippet(
  form: OpenForm,
  { language, publicUrl }: { language: FormLanguage; publicUrl: string },
): string {
  const view = formView(form, { language })
  const { words, texts } = view
  return [
    `<form class="carillon-form" action="${html(publicUrl)}/f/${form.slug}" method="post" accept-charset="utf-8" lang="${language}" data-carillon>`,
    `  <style>${embeddedLook(form).trim()}</style>`,
    `  <input type="hidden" name="lang" value="${language}">`,
    `  <input type="hidden" name="version" value="${form.version}">`,
    ...view.intro.map((part) => `  <p>${html(part)}</p>`),
    `  <p><label>${html(words.email)}<br><input type="text" inputmode="email" name="email" autocomplete="email" autocapitalize="none" spellcheck="false" required></label></p>`,
    ...view.fields.map((field) => `  <p><label>${label(field, view)}<br>${input(field, view)}</label></p>`),
    ...lists(view),
    ...readerLanguage(view),
    ...view.consent.map((part) => `  <p>${html(part)}</p>`),
    `  <p><button type="submit">${html(texts.button)}</button></p>`,
    '</form>',
  ].join('\n')
}

/** The optional line: a script that proves work in the background. */
export function snippetScript(publicUrl: string): string {
  return `<script src="${html(publicUrl)}/assets/sign-up.js" defer></script>`
}

function label(field: Field, { words }: View): string {
  return html(field.isRequired ? field.label : `${field.label} (${words.optional})`)
}

function input({ key, type, options, isRequired, inputMode, autocomplete }: Field, { words }: View): string {
  const name = `name="field:${key}"${isRequired ? ' required' : ''}`
  if (!options) {
    const mode = inputMode ? ` inputmode="${inputMode}"` : ''
    return `<input type="${type}" ${name}${mode}${autocomplete ? ` autocomplete="${autocomplete}"` : ''}>`
  }
  const choices = options.map(
    (option) => `<option value="${html(option.value)}">${html(option.label)}</option>`,
  )
  return `<select ${name}><option value="">${html(words.choose)}</option>${choices.join('')}</select>`
}

function lists({ offersChoice, lists: offered, words }: View): string[] {
  if (!offersChoice)
    return [`  <p>${html(words.youGet)} ${offered.map(({ name }) => html(name)).join(', ')}</p>`]
  return [
    `  <fieldset><legend>${html(words.newsletters)}</legend>`,
    ...offered.map(
      ({ id, name }) =>
        `    <label><input type="checkbox" name="lists" value="${id}"> <span>${html(name)}</span></label>`,
    ),
    '  </fieldset>',
  ]
}

function readerLanguage({ languages, words }: View): string[] {
  if (!languages) return []
  const options = languages.map(({ value, label: name }) => `<option value="${value}">${html(name)}</option>`)
  return [
    `  <p><label>${html(words.language)}<br><select name="language"><option value="">${html(words.noMatter)}</option>${options.join('')}</select></label></p>`,
  ]
}

function html(words: string): string {
  return escapeHtml(words)
}
