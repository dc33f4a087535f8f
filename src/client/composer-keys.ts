import { openTab } from './composer-library.js'
import { moveInDraft } from './composer-move.js'

const CARDS = '[data-library-items] [data-card]'
const NEW_FIELD =
  '#outline form[data-autosave] :is(input:not([type="hidden"]), textarea, select, button[name="change"])'
const WRITING = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]'
const PALETTE = '[data-palette] button'
const HEADS = '#outline [data-open-block]'

/** The composer without a mouse: keys that go between library and outline, along each of them, and change what they stand on. */
export function composeByKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event
    if (!(target instanceof HTMLElement) || !document.getElementById('composer')) return
    if (event.ctrlKey || event.metaKey || target.closest('dialog')) return
    if (isHandled(event, target)) event.preventDefault()
  })
  document.addEventListener('htmx:afterSettle', (event) => {
    const { pathInfo } = (event as CustomEvent<{ pathInfo?: { requestPath: string } }>).detail
    if (pathInfo?.requestPath.endsWith('/blocks')) focusFirst(NEW_FIELD)
  })
}

function isHandled(event: KeyboardEvent, target: HTMLElement): boolean {
  if (target.id === 'library-find') return event.key === 'ArrowDown' && focusFirst(CARDS)
  if (event.key === 'Escape') return leaveField(target)
  if (target.closest(WRITING)) return false
  const head = target.closest<HTMLElement>(HEADS)
  if (head && isOfBlock(event, head)) return true
  const card = target.closest<HTMLElement>('.library-card')
  if (card && isOfCard(event, card)) return true
  if (target.closest('[data-palette]') && isOfPalette(event, target)) return true
  return !event.altKey && isShortcut(event.key)
}

// From a field back to the block that it belongs to.
function leaveField(field: HTMLElement): boolean {
  const head = field.closest('[data-block]')?.querySelector<HTMLElement>('[data-open-block]')
  head?.focus()
  return Boolean(head)
}

function isOfBlock(event: KeyboardEvent, head: HTMLElement): boolean {
  const block = head.closest<HTMLElement>('[data-block]')
  const step = { ArrowUp: 'up', ArrowDown: 'down' }[event.key]
  if (event.altKey && step) {
    const button = document.querySelector<HTMLButtonElement>(`#${step}-${block?.dataset['block']}`)
    button?.click()
    return true
  }
  if (event.key === 'Delete' && block && !('locked' in block.dataset)) {
    ;(next(HEADS, head) ?? next(HEADS, head, -1))?.focus()
    moveInDraft(`/blocks/${block.dataset['block']}/removal`, {})
    return true
  }
  return isAlong(event, HEADS, head)
}

function isOfCard(event: KeyboardEvent, card: HTMLElement): boolean {
  const first = card.querySelector<HTMLElement>('[data-card]')
  if (!first || event.altKey) return false
  const chosen = event.key === 'Enter' ? event.target : event.key.toLowerCase() === 'l' ? leadOf(card) : null
  if (!(chosen instanceof HTMLElement)) return isAlong(event, CARDS, first)
  chosen.click()
  // One key a news item: the next one is ready.
  next(CARDS, first)?.focus()
  return true
}

const leadOf = (card: HTMLElement) => card.querySelector<HTMLElement>('[name="lead"]')

// A letter goes to the next kind that begins with it.
function isOfPalette(event: KeyboardEvent, from: HTMLElement): boolean {
  if (event.altKey || event.key.length !== 1) return isAlong(event, PALETTE, from)
  const all = [...document.querySelectorAll<HTMLElement>(PALETTE)]
  const at = all.indexOf(from)
  const begins = (button: HTMLElement) =>
    button.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase())
  const found = [...all.slice(at + 1), ...all.slice(0, at)].find(begins)
  found?.focus()
  return found !== undefined
}

/** Whether the key goes to the next or the last of those that a selector finds. */
function isAlong({ key, altKey }: KeyboardEvent, selector: string, from: HTMLElement): boolean {
  if (altKey || (key !== 'ArrowDown' && key !== 'ArrowUp')) return false
  next(selector, from, key === 'ArrowDown' ? 1 : -1)?.focus()
  return true
}

function next(selector: string, from: HTMLElement, step = 1): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>(selector)]
  return all[all.indexOf(from) + step]
}

function isShortcut(key: string): boolean {
  if (!document.querySelector<HTMLInputElement>('[data-single-keys]')?.checked) return false
  switch (key.toLowerCase()) {
    case '/':
      return focusIn('tab-news', '#library-find')
    case 'b':
      addBelow(document.activeElement)
      return focusIn('tab-blocks', PALETTE)
    case 'o':
      return focusFirst(HEADS)
    default:
      return false
  }
}

// What is added stands below the block that was looked at.
function addBelow(element: Element | null): void {
  const block = element?.closest('[data-block]')
  const place = document.querySelector<HTMLInputElement>('#palette-fields [name="position"]')
  const all = [...document.querySelectorAll('#outline [data-block]')]
  if (block && place) place.value = String(all.indexOf(block) + 1)
}

function focusIn(tabId: string, selector: string): boolean {
  const tab = document.getElementById(tabId)
  if (tab) openTab(tab)
  return focusFirst(selector)
}

function focusFirst(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector)
  found?.focus()
  if (found instanceof HTMLInputElement) found.select()
  return found !== null
}
