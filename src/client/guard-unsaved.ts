import type { Autosave } from './autosave.js'
import { holdClicks } from './hold-clicks.js'
import { say } from './save-state.js'

const QUESTION = 'What you typed here is not saved yet. Leave it?'

type Confirm = { elt: Element; target: Element; issueRequest(skip: boolean): void }

/**
 * Saves what can be saved by itself, and asks before text in a form marked `data-guard` is left: by another link or form of the page, or with
 * the page itself. One marked `data-unsaved` comes with text that nobody has saved.
 */
export function guardUnsaved({ flush }: Autosave): void {
  const typed = new Set<HTMLFormElement>()
  const dirty = () => [...typed].filter((form) => form.isConnected)
  document.addEventListener('input', ({ target }) => {
    const form = target instanceof Element ? target.closest<HTMLFormElement>('form[data-guard]') : null
    if (form) typed.add(form)
  })
  document.addEventListener('htmx:load', ({ target }) => {
    if (!(target instanceof Element)) return
    for (const form of target.querySelectorAll<HTMLFormElement>('form[data-unsaved]')) typed.add(form)
    for (const form of typed) if (!form.isConnected) typed.delete(form)
  })
  document.addEventListener('carillon:saved', ({ target }) => typed.delete(target as HTMLFormElement))
  document.addEventListener('htmx:confirm', (event) => {
    const { elt, target, issueRequest } = (event as CustomEvent<Confirm>).detail
    // What fills another part of the page leaves the form as it is; a form that is sent takes its own text along.
    const left = () => dirty().filter((form) => form !== elt && target.contains(form))
    if (left().length === 0) return
    event.preventDefault()
    const goOn = holdClicks(target)
    void flush().then(() => {
      goOn()
      if (left().length > 0 && !window.confirm(QUESTION)) return
      for (const form of left()) typed.delete(form)
      issueRequest(true)
    })
  })
  // Signed out: the page stays, for what was typed stands in it.
  document.addEventListener('htmx:beforeOnLoad', (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail
    if (xhr.status !== 401 || dirty().length === 0) return
    event.preventDefault()
    say('You are signed out. Sign in in another tab, then do it again here; what you typed stays.', true)
  })
  followOn(typed, dirty, flush)
  window.addEventListener('beforeunload', (event) => {
    if (dirty().length > 0) event.preventDefault()
  })
}

// Links and forms that leave the page as it is go on when what can be saved has been; of the rest the browser itself asks.
function followOn(
  typed: Set<HTMLFormElement>,
  dirty: () => HTMLFormElement[],
  flush: () => Promise<void>,
): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null
    if (!link || !leavesPage(event, link) || dirty().length === 0) return
    event.preventDefault()
    void flush().then(() => location.assign(link.href))
  })
  document.addEventListener('submit', (event) => {
    const { target: form, submitter } = event
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented || isByHtmx(form)) return
    typed.delete(form)
    if (dirty().length === 0 || form.dataset['flushed'] !== undefined) return
    event.preventDefault()
    form.dataset['flushed'] = ''
    // While its event is still on its way, a form cannot be sent once more.
    const goOn = () => {
      form.requestSubmit(submitter)
      delete form.dataset['flushed']
    }
    void flush().then(() => setTimeout(goOn))
  })
}

function leavesPage(event: MouseEvent, link: HTMLAnchorElement): boolean {
  if (event.defaultPrevented || event.button !== 0 || isByHtmx(link)) return false
  if (link.closest('[contenteditable]')) return false
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false
  if (link.target === '_blank' || link.hasAttribute('download')) return false
  const isSamePage =
    link.pathname === location.pathname && link.search === location.search && link.hash !== ''
  return !isSamePage && link.protocol.startsWith('http')
}

function isByHtmx(element: Element): boolean {
  if (element.matches('[hx-get], [hx-post]')) return true
  return element.closest('[hx-boost]')?.getAttribute('hx-boost') === 'true'
}
