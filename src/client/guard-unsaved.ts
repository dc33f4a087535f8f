const QUESTION = 'What you typed here is not saved yet. Leave it?'

/** Saves what can be saved by itself, and asks before text in a form marked `data-guard` is left: by another link or button of the page, or with the page itself. */
export function guardUnsaved({ flush }: { flush(): Promise<void> }): void {
  let dirty: HTMLFormElement | null = null
  const isDirty = () => dirty?.isConnected === true
  document.addEventListener('input', ({ target }) => {
    const form = target instanceof Element ? target.closest<HTMLFormElement>('form[data-guard]') : null
    if (form) dirty = form
  })
  document.addEventListener('submit', ({ target }) => {
    if (target === dirty) dirty = null
  })
  document.addEventListener('carillon:saved', ({ target }) => {
    if (target === dirty) dirty = null
  })
  document.addEventListener('htmx:confirm', (event) => {
    const { elt, issueRequest } = (event as CustomEvent<{ elt: Element; issueRequest(skip: boolean): void }>)
      .detail
    // What a dialog loads leaves the form under it as it is.
    if (!isDirty() || elt === dirty || elt.closest('dialog')) return
    event.preventDefault()
    const leave = () => {
      if (isDirty() && !window.confirm(QUESTION)) return
      dirty = null
      issueRequest(true)
    }
    void flush().then(leave)
  })
  window.addEventListener('beforeunload', (event) => {
    if (isDirty()) event.preventDefault()
  })
}
