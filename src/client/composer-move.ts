type Values = Readonly<Record<string, string | number | undefined>>
type Ended = { requestConfig: { elt: Element }; successful: boolean }
/** What is sent, as it is when its turn comes; null: nothing is to be sent any more. */
type Move = { path: string; values: () => Values | null }

const waiting: Move[] = []
let underWay = false
let sentAt = 0

const PATIENCE_MS = 3000

/**
 * Sends a change of the outline as a form of the composer would: with its token, its version, and after what is being typed was saved.
 * One after the other: a change that is asked for meanwhile waits for the version that the one before it makes.
 */
export function moveInDraft(path: string, values: Values | Move['values']): void {
  waiting.push({ path, values: typeof values === 'function' ? values : () => values })
  if (!underWay || isGivenUp()) sendNext()
}

/** Whether a change is under way or waits. */
export function isMoving(): boolean {
  return (underWay && !isGivenUp()) || waiting.length > 0
}

// Somebody who was asked about unsaved words may have said no.
function isGivenUp(): boolean {
  return performance.now() - sentAt > PATIENCE_MS && !document.querySelector('#composer.htmx-request')
}

/** Sends on what waits when a change has come back; what a refused one leaves behind is dropped, for the page says how things stand. */
export function startMoving(): void {
  document.addEventListener('htmx:afterRequest', (event) => {
    const { requestConfig, successful } = (event as CustomEvent<Ended>).detail
    if (requestConfig.elt.id !== 'move' || successful) return
    waiting.length = 0
    underWay = false
  })
  // Only then are the new page's forms sent by htmx.
  document.addEventListener('htmx:afterSettle', ({ target }) => {
    if (!(target instanceof Element) || target.id !== 'composer') return
    underWay = false
    sendNext()
  })
  // A form would be sent with the button that was pressed last, not with its own, when it has to wait.
  document.addEventListener(
    'submit',
    (event) => {
      const { target, submitter } = event
      if (!(target instanceof HTMLFormElement) || !target.closest('#library')) return
      if (!(submitter instanceof HTMLButtonElement) || target.method !== 'post') return
      event.preventDefault()
      event.stopPropagation()
      const position = target.querySelector<HTMLInputElement>('[name="position"]')?.value
      moveInDraft(position === undefined ? '/library' : '/blocks', {
        [submitter.name]: submitter.value,
        position,
      })
    },
    { capture: true },
  )
}

function sendNext(): void {
  const move = waiting.shift()
  const form = document.querySelector<HTMLFormElement>('#move')
  const button = form?.querySelector('button')
  const place = form?.querySelector('[data-move-values]')
  if (!move || !form || !button || !place) return
  const values = move.values()
  if (!values) return sendNext()
  underWay = true
  sentAt = performance.now()
  place.replaceChildren(
    ...Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [hidden(name, value)])),
  )
  button.setAttribute('formaction', `${issuePath()}${move.path}`)
  // htmx sends a form where the button that was clicked says.
  button.click()
}

function issuePath(): string {
  return new URL(document.querySelector<HTMLFormElement>('#move')?.action ?? '/').pathname.replace(
    /\/library$/,
    '',
  )
}

function hidden(name: string, value: string | number): HTMLInputElement {
  const input = document.createElement('input')
  input.type = 'hidden'
  input.name = name
  input.value = String(value)
  return input
}
