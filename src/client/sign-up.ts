import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'

// A slow phone gets in by the plain way instead of waiting for ever.
const PATIENCE_MS = 20_000
// Whoever is filled in by the browser is quicker than the server takes for a person; it counts from when it made the challenge.
const FILL_MS = 2200

type Asked = { challenge: Parameters<typeof solveChallenge>[0]['challenge'] }

/** Proves work in the background while somebody fills in a sign-up form. Whatever fails here, the form still works as it is. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-carillon]')) start(form)

function start(form: HTMLFormElement): void {
  // Only pages on https have it.
  if (!window.crypto?.subtle) return
  let work: Promise<void> | null = null
  let isDone = false
  const begin = () => {
    work ??= prove(form)
      .catch(() => undefined)
      .then(() => {
        isDone = true
      })
    return work
  }
  form.addEventListener('focusin', () => void begin())
  form.addEventListener('submit', (event) => {
    if (isDone) return
    event.preventDefault()
    const { submitter } = event
    form.setAttribute('aria-busy', 'true')
    void begin().then(() => {
      form.removeAttribute('aria-busy')
      form.requestSubmit(submitter)
    })
  })
  // The browser brings an old page back from its memory; its proof has been used.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    form.querySelector('input[name="altcha"]')?.remove()
    work = null
    isDone = false
  })
}

async function prove(form: HTMLFormElement): Promise<void> {
  const action = new URL(form.getAttribute('action') || location.pathname, location.href)
  const path = action.pathname === '/join' ? '/f/join' : action.pathname
  const answer = await fetch(`${action.origin}${path}.json`, { credentials: 'omit' })
  const { challenge } = (await answer.json()) as Asked
  const moment = new Promise((resolve) => setTimeout(resolve, FILL_MS))
  const solution = await solveChallenge({ challenge, deriveKey, timeout: PATIENCE_MS })
  await moment
  if (!solution) return
  const { parameters, signature } = challenge
  const input = document.createElement('input')
  input.type = 'hidden'
  input.name = 'altcha'
  input.value = btoa(JSON.stringify({ challenge: { parameters, signature }, solution }))
  form.append(input)
}
