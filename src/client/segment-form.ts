/** Lets the form of a segment change in place: rows are added and removed, and what goes with a choice is shown, without a new page. */
export function changeSegments(): void {
  document.addEventListener('click', (event) => {
    const { target } = event
    const button = target instanceof Element ? target.closest<HTMLButtonElement>('[data-segment-step]') : null
    if (!button?.form) return
    event.preventDefault()
    void change(button.form, button.value, null)
  })
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLSelectElement && target.matches('[data-segment-change]') && target.form)
      void change(target.form, 'refresh', target.id)
  })
}

async function change(form: HTMLFormElement, action: string, focusId: string | null): Promise<void> {
  const values = new URLSearchParams()
  for (const [name, value] of new FormData(form)) values.append(name, String(value))
  values.set('do', action)
  const answer = await fetch(form.action, { method: 'POST', body: values })
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const [tree, present] = [page.querySelector('#segment-tree'), form.querySelector('#segment-tree')]
  // Without one the session has ended, say: the form itself then goes the usual way.
  if (!answer.ok || !tree || !present) return form.requestSubmit()
  present.replaceWith(document.adoptNode(tree))
  const chosen = focusId ? document.getElementById(focusId) : lastEmpty()
  chosen?.focus()
  // What counts the people listens for this.
  document.body.dispatchEvent(new CustomEvent('segment-changed'))
}

function lastEmpty(): HTMLSelectElement | null {
  const rows = [
    ...document.querySelectorAll<HTMLSelectElement>('#segment-tree [data-segment-change][name^="s:"]'),
  ]
  return rows.filter(({ value }) => value === '').at(-1) ?? rows.at(-1) ?? null
}
