import { takeFiles } from './take-files.js'
import { type Uploaded, uploadPicture } from './upload-picture.js'

/**
 * Makes the upload form of pictures take files by choice, drop and paste, each with its own progress. When all have come in,
 * the form's own page asks what they show; a form in a dialog says so by a `picture-uploaded` event instead.
 */
export function startPictureUploads(root: Element): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-picture-upload]')) {
    for (const part of form.querySelectorAll<HTMLElement>('[data-with-script]')) part.hidden = false
    for (const part of form.querySelectorAll<HTMLElement>('[data-without-script]')) part.hidden = true
    takeFiles(form, (files) => void uploadAll(form, files))
  }
}

async function uploadAll(form: HTMLFormElement, files: File[]): Promise<void> {
  const list = form.querySelector('[data-uploads]')
  list?.replaceChildren()
  const added: Uploaded[] = []
  let areAllIn = true
  // One after the other: the server converts one at a time, and a phone's connection has room for one.
  const rows = files.map((file) => uploadRow(file.name))
  list?.append(...rows.map(({ element }) => element))
  for (const [at, file] of files.entries()) {
    const row = rows[at]
    if (!row) continue
    try {
      added.push(await uploadPicture(file, { token: tokenOf(form), progress: row.progress }))
      row.done()
    } catch (error) {
      areAllIn = false
      row.fail(error instanceof Error ? error.message : '')
    }
  }
  if (added.length === 0) return
  const page = form.dataset['pictureUpload']
  const [first] = added
  if (!page && first)
    form.dispatchEvent(new CustomEvent('picture-uploaded', { bubbles: true, detail: first }))
  if (!page) return
  const next = `${page}?added=${added.map(({ id }) => id).join(',')}#added`
  if (areAllIn) location.assign(next)
  else list?.append(describeLink(next, added.length))
}

function tokenOf(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? ''
}

function uploadRow(name: string) {
  const element = document.createElement('li')
  element.className = 'flex flex-wrap items-center gap-x-3 gap-y-1 text-sm'
  const label = document.createElement('span')
  label.className = 'min-w-0 flex-1 basis-40 truncate'
  label.textContent = name || 'Pasted picture'
  const bar = document.createElement('progress')
  bar.className = 'progress progress-primary w-32'
  bar.max = 1
  bar.value = 0
  bar.setAttribute('aria-label', `Upload of ${label.textContent}`)
  const words = document.createElement('span')
  words.className = 'text-base-content/80'
  element.append(label, bar, words)
  return {
    element,
    progress: (share: number) => {
      bar.value = share
      if (share < 1) return
      bar.removeAttribute('value')
      words.textContent = 'Being made light …'
    },
    done: () => {
      bar.value = 1
      words.textContent = 'Done'
    },
    fail: (sentence: string) => {
      bar.remove()
      words.className = 'text-error w-full font-medium'
      words.textContent = sentence
    },
  }
}

function describeLink(href: string, count: number): HTMLLIElement {
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.className = 'btn btn-primary btn-sm'
  link.href = href
  link.textContent = count === 1 ? 'Describe the one that came in' : `Describe the ${count} that came in`
  item.append(link)
  return item
}
