import { showErrors } from './field-notes.js'
import { showPreview } from './preview-frame.js'
import { renewToken } from './renew-token.js'
import { say } from './save-state.js'
import { type Outcome, troubleOf } from './save-trouble.js'

type Saved = {
  version: number
  base: string
  preview: number
  errors?: Record<string, string>
  checks: string
  summaries: Record<string, string>
  subject: string
  preheader: string
  text: string | null
}
type Refused = { conflict?: string; errors?: Record<string, string>; base?: string }
/** A pause this long sends what was typed; without one it is sent after `LONGEST_MS`. */
const PAUSE_MS = 250
const LONGEST_MS = 900
const AGAIN_MS = 2000

export type Autosave = {
  /** Sends at once what still waits. */
  flush(): Promise<void>
  /** Sends a form once more when it could not be sent by its button. */
  sendAgain(form: HTMLFormElement): void
}

/**
 * Saves forms marked `data-autosave` while somebody types, each by itself and one after the other, keeps every other form of the page at the
 * draft's new version, and shows the checks and the preview anew. A refusal is said beside the form and nothing is lost; the form's own
 * button works all the while.
 */
export function autosave(): Autosave {
  const waiting = new Map<HTMLFormElement, { since: number; due: number }>()
  let sending: Promise<void> | null = null
  let timer = 0

  const plan = (form: HTMLFormElement, pause = PAUSE_MS) => {
    const now = performance.now()
    const since = waiting.get(form)?.since ?? now
    const due = pause > LONGEST_MS ? now + pause : Math.min(now + pause, since + LONGEST_MS)
    waiting.set(form, { since, due })
    wake()
  }
  // While something is being sent, what waits is looked at when the answer is there.
  const wake = () => {
    clearTimeout(timer)
    const [next] = [...waiting].sort(([, one], [, other]) => one.due - other.due)
    if (sending || !next) return
    const [form, { due }] = next
    timer = window.setTimeout(() => void send(form), Math.max(0, due - performance.now()))
  }
  const send = async (form: HTMLFormElement) => {
    while (sending) await sending
    // Also a form that the page has replaced meanwhile: its words are merged into what is saved.
    if (!waiting.delete(form)) return wake()
    say('Saving …')
    sending = save(form)
      .then((outcome) => {
        if (outcome === 'again') plan(form, AGAIN_MS)
        if (outcome === 'stopped') {
          form.dataset['stopped'] = 'true'
          waiting.delete(form)
        }
        if (outcome === 'saved' && !waiting.has(form))
          form.dispatchEvent(new CustomEvent('carillon:saved', { bubbles: true }))
      })
      .finally(() => {
        sending = null
        wake()
      })
    await sending
  }
  document.addEventListener('input', ({ target }) => {
    const form = target instanceof Element ? target.closest<HTMLFormElement>('form[data-autosave]') : null
    if (form && !form.dataset['stopped']) plan(form)
  })
  // Before htmx and every other listener.
  const beforeSubmit = (event: SubmitEvent) => {
    if (sending && leavesWithVersion(event)) return followUp(event, sending)
    // What its own button sends need not be sent twice.
    if (event.target instanceof HTMLFormElement) waiting.delete(event.target)
  }
  document.addEventListener('submit', beforeSubmit, true)
  return {
    flush: async () => {
      while (sending) await sending
      for (const form of [...waiting.keys()]) await send(form)
    },
    sendAgain: (form) => {
      if (form.dataset['autosave'] !== undefined && !form.dataset['stopped']) plan(form, AGAIN_MS)
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
  // As htmx does while it asks: a click on something else would be overtaken by this form.
  const composer = form.closest('#composer')
  composer?.classList.add('htmx-request')
  void saved.then(() => {
    composer?.classList.remove('htmx-request')
    if (form.isConnected) form.requestSubmit(event.submitter)
  })
}

async function save(form: HTMLFormElement): Promise<Outcome> {
  try {
    const answer = await post(form)
    if (answer.status !== 403 || !(await renewToken())) return await tell(form, answer)
    return await tell(form, await post(form))
  } catch {
    say('Not saved yet: no connection. Trying again …', true)
    return 'again'
  }
}

function post(form: HTMLFormElement): Promise<Response> {
  return fetch(form.action, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
  })
}

async function tell(form: HTMLFormElement, answer: Response): Promise<Outcome> {
  if (answer.ok && !answer.redirected) {
    const saved = (await answer.json()) as Saved
    show(saved)
    setBase(form, saved.base)
    showErrors(form, saved.errors ?? {})
    say('Saved')
    return 'saved'
  }
  if (answer.status === 409 || answer.status === 422) return refuse(form, (await answer.json()) as Refused)
  const { words, outcome } = troubleOf(answer)
  say(words, true)
  return outcome
}

function refuse(form: HTMLFormElement, { conflict, errors = {}, base }: Refused): Outcome {
  const homeless = showErrors(form, errors)
  if (conflict !== undefined) {
    setBase(form, base)
    say([conflict, ...homeless].join(' '), true)
    return 'stopped'
  }
  say(homeless.length > 0 ? `Not saved: ${homeless.join(' ')}` : 'Not saved: something does not fit.', true)
  return 'refused'
}

function setBase(form: HTMLFormElement, base: string | undefined): void {
  const field = form.elements.namedItem('base')
  if (!(field instanceof HTMLInputElement) || base === undefined) return
  field.value = base
  // A block is taken out with what its form knows of it.
  const block = form.closest<HTMLElement>('[data-block]')
  if (block) block.dataset['base'] = base
}

function show({ version, preview, checks, summaries, subject, preheader, text }: Saved): void {
  for (const input of document.querySelectorAll<HTMLInputElement>(
    ':is(#composer, #library) input[name="version"]',
  ))
    if (version > Number(input.value)) input.value = String(version)
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
  showPreview(preview)
}
