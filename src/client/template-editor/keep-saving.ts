import { renewToken } from '../renew-token.js'
import { type Outcome, troubleOf } from '../save-trouble.js'
import type { ShownProblem } from './vocabulary.js'

/** What the server says about a template that it has saved. */
export type SavedTemplate = {
  version: number
  name: string
  isUsable: boolean
  problems: ShownProblem[]
  html: string
}

type Refused = { conflict?: string; errors?: Record<string, string> }

/** A pause this long sends what was typed; without one it is sent after `LONGEST_MS`. */
const PAUSE_MS = 250
const LONGEST_MS = 900
const AGAIN_MS = 2000

/** Saves a template's form while somebody types; `keep` saves at once and makes a version of it. What is refused is said and stays in the form. */
export function keepSaving(form: HTMLFormElement, show: (saved: SavedTemplate) => void): { keep(): void } {
  let timer = 0
  let since = 0
  let sending = false
  let changes = 0
  let isStopped = false
  let isKept = false
  let isDue = false

  const plan = (pause = PAUSE_MS) => {
    if (isStopped) return
    if (timer === 0) since = performance.now()
    else clearTimeout(timer)
    const wait =
      pause > LONGEST_MS ? pause : Math.max(0, Math.min(pause, since + LONGEST_MS - performance.now()))
    timer = window.setTimeout(() => void send(), wait)
  }
  const send = async () => {
    timer = 0
    // What comes meanwhile is sent when the answer is there.
    if (sending) {
      isDue = true
      return
    }
    sending = true
    const [sent, kept] = [changes, isKept]
    isKept = false
    say('Saving …')
    const outcome = await save(form, kept).catch(withoutConnection)
    const trouble = 'trouble' in outcome ? outcome.trouble : null
    if ('conflict' in outcome || trouble === 'stopped') isStopped = true
    if (trouble === 'again') {
      isKept ||= kept
      plan(AGAIN_MS)
    }
    if ('saved' in outcome) {
      show(outcome.saved)
      say(kept ? 'Saved as a version' : 'Saved')
      if (changes === sent) form.dispatchEvent(new CustomEvent('carillon:saved', { bubbles: true }))
    }
    sending = false
    if (!isDue) return
    isDue = false
    plan()
  }
  form.addEventListener('input', () => {
    changes++
    plan()
  })
  const keep = () => {
    if (isStopped) return
    isKept = true
    clearTimeout(timer)
    timer = 0
    void send()
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    keep()
  })
  return { keep }
}

type Answer = { saved: SavedTemplate } | { conflict: string } | { trouble: Outcome }

function withoutConnection(): Answer {
  say('Not saved yet: no connection. Trying again …')
  return { trouble: 'again' }
}

async function save(form: HTMLFormElement, isKept: boolean): Promise<Answer> {
  let answer = await post(form, isKept)
  if (answer.status === 403 && (await renewToken())) answer = await post(form, isKept)
  if (answer.ok && !answer.redirected) {
    const saved = (await answer.json()) as SavedTemplate
    for (const input of document.querySelectorAll<HTMLInputElement>('input[name="version"]'))
      input.value = String(saved.version)
    showErrors(form, {})
    return { saved }
  }
  if (answer.status !== 409 && answer.status !== 422) {
    const { words, outcome } = troubleOf(answer)
    say(words, true)
    return { trouble: outcome }
  }
  const { conflict, errors = {} } = (await answer.json()) as Refused
  if (conflict !== undefined) {
    say(conflict, true)
    return { conflict }
  }
  showErrors(form, errors)
  say('Not saved: something does not fit.', true)
  return { trouble: 'refused' }
}

function post(form: HTMLFormElement, isKept: boolean): Promise<Response> {
  const body = new FormData(form)
  if (isKept) body.set('keep', 'yes')
  return fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body })
}

function showErrors(form: HTMLFormElement, errors: Record<string, string>): void {
  for (const name of ['name', 'source']) {
    const note = document.getElementById(`${name}-note`)
    const field = form.elements.namedItem(name)
    if (!note || !(field instanceof HTMLElement)) continue
    const message = errors[name]
    note.textContent = message ?? ''
    note.hidden = message === undefined
    note.classList.toggle('text-error', message !== undefined)
    note.classList.toggle('font-medium', message !== undefined)
    if (message === undefined) field.removeAttribute('aria-invalid')
    else field.setAttribute('aria-invalid', 'true')
  }
}

function say(words: string, isTrouble = false): void {
  const place = document.querySelector('[data-template-state]')
  if (!place) return
  place.textContent = words
  place.classList.toggle('text-error', isTrouble)
  place.classList.toggle('font-medium', isTrouble)
}
