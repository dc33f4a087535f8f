/** Files that are chosen in the form's input, dropped on the form, or pasted while nothing else would take them. */
export function takeFiles(form: HTMLFormElement, take: (files: File[]) => void): void {
  const input = form.querySelector<HTMLInputElement>('input[type=file]')
  const give = (files: Iterable<File>) => {
    const pictures = [...files].filter(
      ({ type, size }) => size > 0 && (type === '' || type.startsWith('image/')),
    )
    const few = input?.multiple === false ? pictures.slice(0, 1) : pictures
    if (few.length > 0) take(few)
    return few.length > 0
  }
  input?.addEventListener('change', () => {
    give(input.files ?? [])
    input.value = ''
  })
  let depth = 0
  const mark = (isOver: boolean) => {
    if (isOver) form.dataset['over'] = ''
    else delete form.dataset['over']
  }
  form.addEventListener('dragenter', () => mark(++depth > 0))
  form.addEventListener('dragleave', () => mark(--depth > 0))
  form.addEventListener('dragover', (event) => event.preventDefault())
  form.addEventListener('drop', (event) => {
    event.preventDefault()
    depth = 0
    mark(false)
    give(event.dataTransfer?.files ?? [])
  })
  document.addEventListener('paste', function paste(event) {
    if (!form.isConnected) return document.removeEventListener('paste', paste)
    if (!isOnTop(form)) return
    if (give(event.clipboardData?.files ?? [])) event.preventDefault()
  })
}

// Under an open dialog the page is out of reach.
function isOnTop(form: HTMLElement): boolean {
  const open = document.querySelector('dialog[open]')
  return !open || open.contains(form)
}
