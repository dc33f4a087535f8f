/** Shows what is wrong at the fields of a form, and takes away what was; returns what has no field to stand at. */
export function showErrors(form: HTMLFormElement, errors: Readonly<Record<string, string>>): string[] {
  for (const note of form.querySelectorAll<HTMLElement>('[data-note]')) write(note, null)
  for (const field of form.querySelectorAll<HTMLElement>('[aria-invalid]')) mark(field, false)
  return Object.entries(errors).flatMap(([name, message]) => {
    const note = noteOf(form, name)
    if (!note) return [message]
    write(note, message)
    const field = form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]:not([type="hidden"])`)
    if (field) mark(field, true)
    return []
  })
}

// What is wrong with one row of several stands at all of them, when it is not about one of its fields.
function noteOf(form: HTMLFormElement, name: string): HTMLElement | null {
  const found = form.querySelector<HTMLElement>(`[data-note="${CSS.escape(name)}"]`)
  const dot = name.lastIndexOf('.')
  return found ?? (dot > 0 ? noteOf(form, name.slice(0, dot)) : null)
}

function write(note: HTMLElement, message: string | null): void {
  note.textContent = message ?? note.dataset['hint'] ?? ''
  note.hidden = note.textContent === ''
  note.classList.toggle('text-error', message !== null)
  note.classList.toggle('font-medium', message !== null)
  note.classList.toggle('text-base-content/75', message === null)
}

const KINDS = [
  ['select', 'select-error'],
  ['textarea', 'textarea-error'],
  ['input', 'input-error'],
] as const

function mark(field: HTMLElement, isWrong: boolean): void {
  const written = [field, field.matches('[data-rich-text]') ? editorOf(field) : null]
  for (const element of written)
    if (isWrong) element?.setAttribute('aria-invalid', 'true')
    else element?.removeAttribute('aria-invalid')
  for (const [name, error] of KINDS)
    if (field.classList.contains(name)) field.classList.toggle(error, isWrong)
  editorOf(field)?.parentElement?.classList.toggle('rich-text-error', isWrong)
}

// The editor stands before the textarea that it writes to.
function editorOf(field: HTMLElement): HTMLElement | null {
  return field.matches('[data-rich-text]')
    ? (field.previousElementSibling?.querySelector<HTMLElement>('[role="textbox"]') ?? null)
    : null
}
