import { showPreview } from '../preview-frame.js'
import { type CodeEditor, createCodeEditor } from './code-editor.js'
import { keepSaving } from './keep-saving.js'
import type { Vocabulary } from './vocabulary.js'

/** Makes a code editor of a template's field: it is checked and saved while somebody types, and its preview follows. */
export async function openTemplateEditor(field: HTMLTextAreaElement): Promise<void> {
  const form = field.form
  if (!form || field.dataset['opened']) return
  field.dataset['opened'] = 'true'
  for (const hint of document.querySelectorAll<HTMLElement>('#source-help [data-with-script]'))
    hint.hidden = false
  const editor = createCodeEditor(field, await vocabulary())
  const saving = keepSaving(form, (saved) => {
    editor.showProblems(saved.problems)
    const panel = document.querySelector('[data-template-checks]')
    // Our own page rendered it, with everything from outside escaped.
    if (panel) panel.innerHTML = saved.html
    const note = document.querySelector<HTMLElement>('[data-preview-note]')
    if (note) note.hidden = saved.isUsable
    const name = document.querySelector('h1')
    if (name) name.textContent = saved.name
    // While a tag is half written, the last mail that could be shown stays.
    if (saved.isUsable) showPreview(saved.version)
  })
  editor.onSave(saving.keep)
  showLines(editor)
  switchViews()
  editor.showProblems(listedProblems())
}

async function vocabulary(): Promise<Vocabulary> {
  try {
    const answer = await fetch('/templates/vocabulary')
    if (answer.ok) return (await answer.json()) as Vocabulary
  } catch {
    // Without it the editor completes nothing; everything else works.
  }
  return { tags: {}, slots: [], fields: [] }
}

function listedProblems() {
  const list = document.querySelectorAll('[data-template-checks] [data-go-to-line]')
  return [...list].map((link) => ({
    isError: link.parentElement?.textContent?.startsWith('Error') ?? true,
    line: Number(link.getAttribute('data-go-to-line')),
    column: null,
    message: link.parentElement?.textContent?.replace(/^\s*(?:Error|Hint):\s*Line \d+:\s*/, '').trim() ?? '',
  }))
}

function showLines(editor: CodeEditor): void {
  document.querySelector('[data-template-checks]')?.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('[data-go-to-line]') : null
    if (!link) return
    event.preventDefault()
    editor.goToLine(Number(link.getAttribute('data-go-to-line')))
  })
}

/** Shows the preview in another way without leaving the page, and what is being written with it. */
function switchViews(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('a[data-template-view]')]
  for (const link of links)
    link.addEventListener('click', (event) => {
      event.preventDefault()
      for (const other of links) {
        const isCurrent = other === link
        other.classList.toggle('btn-active', isCurrent)
        other.classList.toggle('btn-primary', isCurrent)
        if (isCurrent) other.setAttribute('aria-current', 'true')
        else other.removeAttribute('aria-current')
      }
      const frame = document.querySelector<HTMLIFrameElement>('iframe[data-preview-frame]')
      if (!frame) return
      const isPhone = link.dataset['templateView'] === 'phone'
      frame.classList.toggle('w-[360px]', isPhone)
      frame.classList.toggle('w-full', !isPhone)
      const url = new URL(frame.src)
      url.searchParams.set('look', link.dataset['look'] ?? 'light')
      frame.src = url.href
    })
}
