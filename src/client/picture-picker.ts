import htmxModule from 'htmx.org'
import type { Uploaded } from './upload-picture.js'

type Fields = { picker: HTMLElement; address: HTMLInputElement; alt: HTMLInputElement | null }
type Choice = { address: string; alt: string }

// @NOTE Its types tell of a module with a default; the bundler hands out the default itself.
const htmx = htmxModule as unknown as (typeof htmxModule)['default']

let dialog: HTMLDialogElement | null = null
let fields: Fields | null = null

/** Shows the buttons that open the library beside fields for a picture; without script a link stands there instead. */
export function showPickers(root: Element): void {
  for (const picker of root.querySelectorAll<HTMLElement>('[data-picture-picker]')) {
    for (const part of picker.querySelectorAll<HTMLElement>('[data-choose-picture]')) part.hidden = false
    for (const part of picker.querySelectorAll<HTMLElement>('[data-without-script]')) part.hidden = true
  }
}

/** Lets every picker of the page open the library, choose or upload a picture, say what it shows, and fill the form's fields. */
export function startPicturePickers(): void {
  document.addEventListener('click', ({ target }) => {
    const picker =
      target instanceof Element && target.closest('[data-choose-picture]')?.closest('[data-picture-picker]')
    if (picker instanceof HTMLElement) openLibrary(picker)
  })
}

function openLibrary(picker: HTMLElement): void {
  const address = inputOf(picker.dataset['addressField'])
  if (!address) return
  fields = { picker, address, alt: inputOf(picker.dataset['altField']) }
  dialog ??= createDialog()
  document.body.append(dialog)
  // What was shown last is about to be replaced; a file given to it would be lost with it.
  dialog.querySelector('[data-picture-choices]')?.replaceChildren()
  show('/pictures/choices')
  dialog.showModal()
}

function inputOf(id: string | undefined): HTMLInputElement | null {
  const field = id ? document.getElementById(id) : null
  return field instanceof HTMLInputElement ? field : null
}

function createDialog(): HTMLDialogElement {
  const made = document.createElement('dialog')
  made.className = 'picture-dialog'
  made.setAttribute('aria-labelledby', 'picture-dialog-title')
  const head = document.createElement('div')
  head.className = 'mb-4 flex items-center justify-between gap-3'
  const title = document.createElement('h2')
  title.id = 'picture-dialog-title'
  title.className = 'text-lg font-semibold'
  title.textContent = 'Choose a picture'
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'btn btn-ghost'
  close.textContent = 'Close'
  close.addEventListener('click', () => made.close())
  head.append(title, close)
  const body = document.createElement('div')
  body.dataset['pictureChoices'] = ''
  made.append(head, body)
  made.addEventListener('click', ({ target }) => {
    if (target === made) made.close()
    const chosen = target instanceof Element ? target.closest<HTMLElement>('[data-picture]') : null
    if (chosen) choose(chosen.dataset)
  })
  made.addEventListener('picture-uploaded', (event) =>
    show(`/pictures/${(event as CustomEvent<Uploaded>).detail.id}/choice`),
  )
  made.addEventListener('submit', (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null
    if (!form?.dataset['pictureChoice']) return
    event.preventDefault()
    void describeAndUse(form)
  })
  return made
}

function show(path: string): void {
  const target = dialog?.querySelector<HTMLElement>('[data-picture-choices]')
  if (target) void htmx.ajax('get', path, { source: target, target, swap: 'innerHTML' })
}

// What nobody has described yet is described first.
function choose({ picture, address = '', alt = '' }: DOMStringMap): void {
  if (alt === '') show(`/pictures/${picture}/choice`)
  else use({ address, alt })
}

async function describeAndUse(form: HTMLFormElement): Promise<void> {
  const alt = form.querySelector<HTMLTextAreaElement>('[name=alt]')
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } })
  if (answer.ok) return use({ address: form.dataset['pictureChoice'] ?? '', alt: alt?.value.trim() ?? '' })
  const said = (await answer.json().catch(() => null)) as { errors?: { alt?: string } } | null
  alt?.setCustomValidity(said?.errors?.alt ?? 'This could not be saved. Reload the page and try again.')
  alt?.reportValidity()
  alt?.addEventListener('input', () => alt.setCustomValidity(''), { once: true })
}

function use({ address, alt }: Choice): void {
  if (!fields) return
  fill(fields.address, address)
  if (fields.alt) fill(fields.alt, alt)
  preview(fields.picker, address)
  dialog?.close()
  const next = fields.alt?.value === '' ? fields.alt : fields.picker.querySelector('button')
  next?.focus()
}

function fill(field: HTMLInputElement, value: string): void {
  field.value = value
  for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }))
}

function preview(picker: HTMLElement, address: string): void {
  const image = document.createElement('img')
  image.className = 'max-h-full max-w-full object-contain'
  image.alt = ''
  image.src = address
  picker.querySelector('[data-picked]')?.replaceChildren(image)
  const label = picker.querySelector('[data-choose-picture] span')
  if (label) label.textContent = 'Choose another picture'
}
