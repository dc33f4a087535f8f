const PREFIX = 'typed:'

type Kept = HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement

const KEPT = ':is(textarea, input, select)[data-keep]'

/**
 * Keeps what is typed into fields marked `data-keep` in this tab until their form has been taken, through every other change of the page
 * and a reload; what was kept is put back into its field when that is shown anew.
 */
export function keepTyped(): void {
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof Element) || !target.matches(KEPT)) return
    const field = target as Kept
    if (field.value === '') sessionStorage.removeItem(keyOf(field))
    else sessionStorage.setItem(keyOf(field), field.value)
  })
  document.addEventListener('htmx:load', ({ target }) => {
    if (target instanceof Element) for (const field of keptIn(target)) putBack(field)
  })
  // Before the answer is shown: the field that it brings is to be empty.
  document.addEventListener('htmx:beforeSwap', (event) => {
    const { requestConfig, xhr } = (
      event as CustomEvent<{ requestConfig: { elt: Element }; xhr: XMLHttpRequest }>
    ).detail
    if (xhr.status >= 400 || !(requestConfig.elt instanceof HTMLFormElement)) return
    for (const field of keptIn(requestConfig.elt)) sessionStorage.removeItem(keyOf(field))
  })
}

function keptIn(root: Element): Kept[] {
  return [...root.querySelectorAll<Kept>(KEPT)]
}

function keyOf(field: Kept): string {
  return PREFIX + field.dataset['keep']
}

function putBack(field: Kept): void {
  const kept = sessionStorage.getItem(keyOf(field))
  // A refused form comes with what was typed.
  if (!kept || field.value === kept || field.getAttribute('aria-invalid')) return
  field.value = kept
  // A choice that is no longer offered.
  if (field.value !== kept) {
    field.value = ''
    return sessionStorage.removeItem(keyOf(field))
  }
  const folded = field.closest('details')
  if (folded) folded.open = true
}
