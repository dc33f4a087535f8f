/** Lets the brand page follow its form: the picker and the code of a colour are one, and the little newsletter is shown anew. */
export function followBrand(): void {
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return
    const { colourFor } = target.dataset
    const other = colourFor
      ? document.getElementById(colourFor)
      : document.querySelector(`[data-colour-for="${CSS.escape(target.name)}"]`)
    if (!(other instanceof HTMLInputElement)) return
    if (colourFor || /^#[0-9a-f]{6}$/i.test(target.value)) other.value = target.value
  })
  document.addEventListener('htmx:afterSwap', () => {
    const path = document.querySelector<HTMLElement>('[data-brand-preview]')?.dataset['brandPreview']
    const frame = document.querySelector<HTMLIFrameElement>('[data-brand-frame]')
    // Replacing leaves no steps behind for the browser's way back.
    if (path && frame) frame.contentWindow?.location.replace(new URL(path, location.href))
  })
}
