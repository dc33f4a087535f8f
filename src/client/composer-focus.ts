import { announce } from './save-state.js'

type Settled = {
  target: Element
  requestConfig?: { elt: Element }
  pathInfo?: { requestPath: string }
  successful?: boolean
}
/** Where somebody was when a change was asked for. */
type Place = { id: string; blockId: string | undefined; index: number; inDetails: boolean }

const FIELD =
  ':is(input:not([type="hidden"]), textarea, select, [contenteditable="true"], button[name="change"]):not([disabled], [hidden])'
const OPEN_FORM = '#composer form[data-autosave]'

/**
 * Keeps the place of who works by keyboard while the composer is drawn anew, says what was done to who does not see it, and holds a form
 * while its own button sends it.
 */
export function keepPlace(): void {
  let place: Place | null = null
  document.addEventListener('htmx:beforeRequest', (event) => {
    const { requestConfig, target } = (event as CustomEvent<Settled>).detail
    if (target?.id !== 'composer') return
    place = placeOf(document.activeElement) ?? place
    const elt = requestConfig?.elt
    // What is typed now would come too late for what was sent.
    if (elt instanceof HTMLFormElement && elt.matches('[data-autosave]')) elt.inert = true
  })
  document.addEventListener('htmx:afterRequest', (event) => {
    const { requestConfig, successful } = (event as CustomEvent<Settled>).detail
    const elt = requestConfig?.elt
    if (!(elt instanceof HTMLFormElement) || !elt.inert || successful) return
    elt.inert = false
    document.getElementById(place?.id ?? '')?.focus()
  })
  document.addEventListener('htmx:afterSettle', (event) => {
    const { target, pathInfo } = (event as CustomEvent<Settled>).detail
    if (!(event.target instanceof Element) || event.target.id !== 'composer' || target.id !== 'composer')
      return
    const path = pathInfo?.requestPath.split('?')[0] ?? ''
    const said = SAID.find(([ending]) => ending.test(path))?.[1]
    const isRefused = document.querySelector('#composer [role="alert"]') !== null
    if (said && !isRefused) announce(said)
    const { activeElement } = document
    const isLost = activeElement === null || activeElement === document.body
    // A block that was just added is filled in next.
    if (path.endsWith('/blocks') && !isRefused) focusFirst(`#outline form[data-autosave] ${FIELD}`)
    else if (isLost && place) restore(place)
    place = null
  })
}

const SAID: readonly [RegExp, string][] = [
  [/\/position$/, 'Moved.'],
  [/\/removal$/, 'Removed. Undo brings it back.'],
  [/\/(blocks|library)$/, 'Added.'],
  [/\/undo$/, 'Undone.'],
  [/\/redo$/, 'Done again.'],
  [/\/(details|blocks\/[0-9a-f-]{36})$/, 'Saved.'],
]

function placeOf(element: Element | null): Place | null {
  if (!element?.closest('#composer')) return null
  const block = element.closest<HTMLElement>('[data-block]')
  return {
    id: element.id,
    blockId: block?.dataset['block'],
    index: block ? [...document.querySelectorAll('#outline > [data-block]')].indexOf(block) : -1,
    inDetails: element.closest('#details') !== null,
  }
}

// The same thing, else what is next to it: the other arrow, the form that was opened, the block, the one that took its place.
function restore({ id, blockId, index, inDetails }: Place): void {
  const other = /\bup-/.test(id) ? id.replace(/\bup-/, 'down-') : id.replace(/\bdown-/, 'up-')
  if (focusFirst(selectorOf(id)) || (other !== id && focusFirst(selectorOf(other)))) return
  if (inDetails) {
    if (!focusFirst(`#details form ${FIELD}`)) focusFirst('#edit-details')
    return
  }
  if (blockId && focusFirst(selectorOf(`open-${blockId}`))) return
  const heads = document.querySelectorAll<HTMLElement>('#outline > [data-block] [data-open-block]')
  const near = heads[Math.min(Math.max(index, 0), heads.length - 1)]
  if (index >= 0 && near) near.focus()
  else if (!focusFirst(`${OPEN_FORM} ${FIELD}`)) focusFirst('#edit-details')
}

function selectorOf(id: string): string {
  return id === '' ? '#composer .nothing' : `#${CSS.escape(id)}:not([disabled])`
}

function focusFirst(selector: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((one) => one.offsetParent !== null)
  found?.focus()
  if (found instanceof HTMLInputElement && found.type === 'text' && found.closest('#outline')) found.select()
  return found !== undefined
}
