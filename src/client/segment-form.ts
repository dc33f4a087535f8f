import htmx from 'htmx.org'

/** Lets the form of a segment change in place: rows are added and removed, and what goes with a choice is shown, without a new page. */
export function changeSegments(): void {
  document.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[data-segment-step]') : null
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
  const values = { ...Object.fromEntries(multiple(form)), do: action }
  await htmx.ajax('post', form.action, {
    values,
    source: '#segment-tree',
    target: '#segment-tree',
    select: '#segment-tree',
    swap: 'outerHTML',
  })
  if (focusId) document.getElementById(focusId)?.focus()
  else lastEmpty()?.focus()
  htmx.trigger(document.body, 'segment-changed', {})
}

function multiple(form: HTMLFormElement): Map<string, string | string[]> {
  const values = new Map<string, string | string[]>()
  for (const [name, value] of new FormData(form)) {
    const before = values.get(name)
    values.set(name, before === undefined ? String(value) : [before, String(value)].flat())
  }
  return values
}

function lastEmpty(): HTMLSelectElement | null {
  const empty = [...document.querySelectorAll<HTMLSelectElement>('[data-segment-change][name^="s:"]')].filter(
    ({ value }) => value === '',
  )
  return empty.at(-1) ?? document.querySelector<HTMLSelectElement>('#segment-tree select')
}
