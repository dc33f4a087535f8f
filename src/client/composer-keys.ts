import { openTab } from './composer-library.js'
import { isMoving, moveInDraft } from './composer-move.js'

const CARDS = '[data-library-items] [data-card]'
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
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (event.altKey && step && block) {
    // A key that is held goes as fast as the page does.
    if (!event.repeat || !isMoving()) moveBy(block.dataset['block'] ?? '', step)
    return true
  }
  if (event.key === 'Delete' && block && !('locked' in block.dataset)) {
    // One press, one block.
    if (event.repeat || 'leaving' in block.dataset) return true
    block.dataset['leaving'] = ''
    ;(next(HEADS, head) ?? next(HEADS, head, -1))?.focus()
    const { block: id, base } = block.dataset
    moveInDraft(`/blocks/${id}/removal`, () => ({ base }))
    return true
  }
  return isAlong(event, HEADS, head)
}

/** Moves a block up or down from where it stands when its turn comes; at an end it stays. */
function moveBy(id: string, step: number): void {
  moveInDraft(`/blocks/${id}/position`, () => {
    const all = [...document.querySelectorAll<HTMLElement>('#outline > [data-block]')]
    const at = all.findIndex((block) => block.dataset['block'] === id)
    const last = all.findLastIndex((block) => !('locked' in block.dataset))
    const position = at + step
    return at < 0 || at > last || position < 0 || position > last ? null : { position }
  })
}

function isOfCard(event: KeyboardEvent, card: HTMLElement): boolean {
  const first = card.querySelector<HTMLElement>('[data-card]')
  if (!first || event.altKey) return false
  const chosen = event.key === 'Enter' ? event.target : event.key.toLowerCase() === 'l' ? leadOf(card) : null
  if (!(chosen instanceof HTMLElement)) return isAlong(event, CARDS, first)
  if (event.repeat) return true
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
