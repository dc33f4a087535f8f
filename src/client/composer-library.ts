/** The library beside the composer: its two tabs, the button that opens it on small screens, and the marks on what the issue shows already. */
export function startLibrary(): void {
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    const tab = target.closest<HTMLElement>('[data-library-tab]')
    if (tab) openTab(tab)
    if (target.closest('[data-open-library]')) toggleLibrary()
  })
  document.addEventListener('keydown', (event) => {
    const tab = event.target instanceof Element && event.target.closest<HTMLElement>('[data-library-tab]')
    if (!tab || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return
    const other = tabs().find((one) => one !== tab)
    if (!other) return
    event.preventDefault()
    openTab(other)
    other.focus()
  })
  rememberKeys()
  document.addEventListener('htmx:load', markUsed)
  document.addEventListener('htmx:oobAfterSwap', markUsed)
}

/** Opens the tab of the library with this id. */
export function openTab(chosen: HTMLElement): void {
  for (const tab of tabs()) {
    const isChosen = tab === chosen
    tab.setAttribute('aria-selected', String(isChosen))
    tab.tabIndex = isChosen ? 0 : -1
    const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '')
    if (panel) panel.hidden = !isChosen
  }
  const library = document.getElementById('library')
  if (library) library.dataset['open'] = ''
  showOpener()
}

// Single keys disturb who speaks to the computer, so they can be switched off (WCAG 2.1.4).
function rememberKeys(): void {
  const choice = document.querySelector<HTMLInputElement>('[data-single-keys]')
  if (!choice) return
  choice.checked = localStorage.getItem('single-keys') !== 'off'
  choice.addEventListener('change', () => localStorage.setItem('single-keys', choice.checked ? 'on' : 'off'))
}

function tabs(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-library-tab]')]
}

function toggleLibrary(): void {
  const library = document.getElementById('library')
  if (!library) return
  const isOpen = library.toggleAttribute('data-open')
  showOpener()
  if (isOpen) library.scrollIntoView({ block: 'start' })
}

// The library stays as it was searched and scrolled while the composer beside it is shown anew.
function markUsed(): void {
  showOpener()
  const used = new Set(document.getElementById('library-fields')?.dataset['used']?.split(' '))
  for (const card of document.querySelectorAll<HTMLElement>('.library-card'))
    card.toggleAttribute('data-here', used.has(card.dataset['newsItem'] ?? ''))
}

// The button is drawn anew with the composer; the library is not.
function showOpener(): void {
  const isOpen = document.getElementById('library')?.hasAttribute('data-open') === true
  document.querySelector('[data-open-library]')?.setAttribute('aria-expanded', String(isOpen))
}
