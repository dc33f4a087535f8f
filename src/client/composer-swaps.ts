import htmxModule from 'htmx.org'
import type { Autosave } from './autosave.js'
import { renewToken } from './renew-token.js'
import { say } from './save-state.js'

// @NOTE Its types tell of a module with a default; the bundler hands out the default itself.
const htmx = htmxModule as unknown as (typeof htmxModule)['default']

type Swap = {
  target: Element
  xhr: XMLHttpRequest
  serverResponse: string
  shouldSwap: boolean
  isError: boolean
  selectOverride?: string
  requestConfig: { elt: Element }
}

/**
 * Keeps the composer true when an answer is not the composer: another page of the issue takes the place of the whole, an error leaves
 * everything where it is and is said, and words that were typed while a change was under way are put into the new form.
 */
export function mindSwaps({ sendAgain }: Autosave): void {
  let carried: Typed[] = []
  const changed = new Set<HTMLElement>()
  document.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLElement && target.closest('.htmx-request form[data-autosave]'))
      changed.add(target)
  })
  document.addEventListener('htmx:beforeSwap', (event) => {
    const { detail } = event as CustomEvent<Swap>
    if (detail.target.id !== 'composer' || !detail.shouldSwap) return
    if (detail.serverResponse.includes('id="composer"')) carried = typedIn(changed)
    else if (detail.serverResponse.includes('id="content"')) {
      detail.target = document.getElementById('content') ?? detail.target
      detail.selectOverride = '#content'
    } else {
      detail.shouldSwap = false
      detail.isError = true
    }
    changed.clear()
  })
  // Before an editor takes the place of a field.
  document.addEventListener('htmx:load', ({ target }) => {
    if (!(target instanceof Element) || target.id !== 'composer') return
    for (const one of carried.splice(0)) putBack(one)
  })
  document.addEventListener('htmx:responseError', (event) => failed((event as CustomEvent<Swap>).detail))
  for (const name of ['htmx:sendError', 'htmx:timeout'])
    document.addEventListener(name, (event) =>
      failed((event as CustomEvent<Swap>).detail, 'there is no connection. Please try again in a moment.'),
    )

  const failed = ({ requestConfig: { elt }, xhr, target }: Swap, why = reasonOf(xhr.status)) => {
    const isOfComposer = target.id === 'composer' || elt.closest('.composer-frame, #composer') !== null
    // What only refreshes itself tries again by itself.
    if (!isOfComposer || elt.matches('[data-refresh]')) return
    say(`Not done: ${why}`, true)
    if (elt instanceof HTMLFormElement) sendAgain(elt)
    if (xhr.status === 403)
      void renewToken().then((isNew) => isNew && say('You are signed in anew: do it again.', true))
    // A block that was dragged stands where it is not.
    if (elt.id === 'move') redraw()
  }
}

function redraw(): void {
  const edit = document.querySelector<HTMLInputElement>('#move [name="edit"]')?.value
  const path = edit ? `${location.pathname}?edit=${edit}` : location.pathname
  void htmx.ajax('get', path, {
    source: '#undo',
    target: '#composer',
    select: '#composer',
    swap: 'outerHTML show:none',
  })
}

type Typed = { id: string; value: string }

function typedIn(changed: ReadonlySet<HTMLElement>): Typed[] {
  return [...changed].flatMap((field) => {
    return isField(field) && field.id !== '' && field.isConnected
      ? [{ id: field.id, value: field.value }]
      : []
  })
}

function putBack({ id, value }: Typed): void {
  const field = document.getElementById(id)
  if (!isField(field) || field.value === value) return
  field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function isField(field: Element | null): field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return (
    field instanceof HTMLTextAreaElement ||
    field instanceof HTMLSelectElement ||
    (field instanceof HTMLInputElement && !['checkbox', 'radio', 'hidden'].includes(field.type))
  )
}

function reasonOf(status: number): string {
  if (status === 401) return 'you are signed out. Sign in in another tab, then do it again.'
  if (status === 403) return 'you may not do this, or you have signed in anew since.'
  if (status === 404 || status === 410) return 'this is no longer there. What you typed is still here.'
  if (status === 413) return 'this is too long.'
  return 'something went wrong on our side. Please try again in a moment.'
}
