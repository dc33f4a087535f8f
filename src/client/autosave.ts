import { showPreview } from './preview-frame.js'

type Saved = {
  version: number
  checks: string
  summaries: Record<string, string>
  subject: string
  preheader: string
  text: string | null
}
type Refused = { conflict?: string; errors?: Record<string, string> }

/** A pause this long sends what was typed; without one it is sent after `LONGEST_MS`. */
const PAUSE_MS = 250
const LONGEST_MS = 900
const AGAIN_MS = 2000

/**
 * Saves forms marked `data-autosave` while somebody types, keeps every other form of the page at the draft's new version, and shows the
 * checks and the preview anew. A refusal is said beside the form and nothing is lost; the form's own button works all the while. `flush` sends at once what still waits.
 */
export function autosave(): { flush(): Promise<void> } {
  let waiting: { form: HTMLFormElement; since: number; timer: number } | null = null
  let sending: Promise<void> | null = null
  let changes = 0

  const plan = (form: HTMLFormElement, pause = PAUSE_MS) => {
    const since = waiting?.form === form ? waiting.since : performance.now()
    if (waiting) clearTimeout(waiting.timer)
    const wait = Math.max(0, Math.min(pause, since + LONGEST_MS - performance.now()))
    waiting = {
      form,
      since,
      timer: window.setTimeout(() => void send(form), pause > LONGEST_MS ? pause : wait),
    }
  }
  const send = async (form: HTMLFormElement) => {
    if (sending) return plan(form)
    waiting = null
    if (!form.isConnected) return
    const sent = changes
    say('Saving …')
    sending = save(form, () => changes === sent).catch(() => {
      say('Not saved yet: no connection. Trying again …')
      plan(form, AGAIN_MS)
    })
    await sending
    sending = null
  }
  document.addEventListener('input', ({ target }) => {
    const form = target instanceof Element ? target.closest<HTMLFormElement>('form[data-autosave]') : null
    if (!form || form.dataset['stopped']) return
    changes++
    plan(form)
  })
  // Before htmx and every other listener.
  const beforeSubmit = (event: SubmitEvent) => {
    if (sending && leavesWithVersion(event)) return followUp(event, sending)
    // What its own button sends need not be sent twice; any other form waits until it is saved.
    if (waiting?.form !== event.target) return
    clearTimeout(waiting.timer)
    waiting = null
  }
  document.addEventListener('submit', beforeSubmit, true)
  return {
    flush: async () => {
      await sending
      if (!waiting) return
      clearTimeout(waiting.timer)
      await send(waiting.form)
    },
  }
}

const leavesWithVersion = ({ target }: SubmitEvent) =>
  target instanceof HTMLFormElement && target.elements.namedItem('version') !== null

/** Holds a form back until what is being saved has made the draft's next version: with the one before it would be refused. */
function followUp(event: SubmitEvent, saved: Promise<void>): void {
  const form = event.target as HTMLFormElement
  event.preventDefault()
  event.stopImmediatePropagation()
  void saved.then(() => {
    if (form.isConnected) form.requestSubmit(event.submitter)
  })
}

async function save(form: HTMLFormElement, isLatest: () => boolean): Promise<void> {
  const answer = await fetch(form.action, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
  })
  if (answer.ok) {
    const saved = (await answer.json()) as Saved
    show(saved)
    clearErrors(form)
    if (isLatest()) form.dispatchEvent(new CustomEvent('carillon:saved', { bubbles: true }))
    return say('Saved')
  }
  if (answer.status !== 409 && answer.status !== 422) throw new Error(`The server answered ${answer.status}.`)
  const { conflict, errors } = (await answer.json()) as Refused
  if (conflict) {
    form.dataset['stopped'] = 'true'
    return say(conflict, true)
  }
  clearErrors(form)
  for (const [field, message] of Object.entries(errors ?? {})) showError(form, field, message)
  say('Not saved: something does not fit.', true)
}

function show({ version, checks, summaries, subject, preheader, text }: Saved): void {
  for (const input of document.querySelectorAll<HTMLInputElement>(
    ':is(#composer, #library) input[name="version"]',
  ))
    input.value = String(version)
  const panel = document.querySelector('[data-checks]')
  // Our own page rendered it, with everything from outside escaped.
  if (panel) panel.innerHTML = checks
  for (const [id, words] of Object.entries(summaries)) {
    const place = document.querySelector(`[data-summary="${CSS.escape(id)}"]`)
    if (place) place.textContent = words
  }
  const words = { subject, preheader, ...(text === null ? {} : { text }) }
  for (const [name, value] of Object.entries(words)) {
    const place = document.querySelector(`[data-preview="${name}"]`)
    if (place) place.textContent = value
  }
  const undo = document.querySelector<HTMLButtonElement>('#undo')
  if (undo) undo.disabled = false
  const redo = document.querySelector<HTMLButtonElement>('#redo')
  if (redo) redo.disabled = true
  showPreview(version)
}

function say(words: string, isTrouble = false): void {
  const place = document.querySelector('[data-save-state]')
  if (!place) return
  place.textContent = words
  place.classList.toggle('text-error', isTrouble)
  place.classList.toggle('font-medium', isTrouble)
}

function fieldOf(form: HTMLFormElement, name: string): HTMLElement | null {
  return form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`)
}

function showError(form: HTMLFormElement, name: string, message: string): void {
  const field = fieldOf(form, name)
  const note = field && document.getElementById(`${field.id}-note`)
  if (!field || !note) return
  field.setAttribute('aria-invalid', 'true')
  note.dataset['hint'] ??= note.textContent ?? ''
  note.textContent = message
  note.hidden = false
  note.classList.add('text-error', 'font-medium')
}

function clearErrors(form: HTMLFormElement): void {
  for (const note of form.querySelectorAll<HTMLElement>('[data-hint]')) {
    note.textContent = note.dataset['hint'] ?? ''
    note.hidden = note.textContent === ''
    note.classList.remove('text-error', 'font-medium')
    delete note.dataset['hint']
  }
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid')
}
