import { watchPreview } from './preview-clicks.js'

let loading: HTMLIFrameElement | null = null

/** Shows the preview of another version of the draft: the new frame takes the place of the old one once it is there, so that nothing flickers. */
export function showPreview(version: number): void {
  const shown = document.querySelector<HTMLIFrameElement>('iframe[data-preview-frame]')
  if (!shown) return
  loading?.remove()
  const next = shown.cloneNode() as HTMLIFrameElement
  next.removeAttribute('data-preview-frame')
  next.classList.add('invisible', 'absolute', 'inset-0')
  next.setAttribute('aria-hidden', 'true')
  next.tabIndex = -1
  next.src = addressOf(shown, version)
  loading = next
  next.addEventListener('load', () => {
    if (loading !== next) return
    loading = null
    next.classList.remove('invisible', 'absolute', 'inset-0')
    next.removeAttribute('aria-hidden')
    next.removeAttribute('tabindex')
    next.dataset['previewFrame'] = ''
    shown.remove()
    watchPreview(next)
  })
  shown.after(next)
}

function addressOf(frame: HTMLIFrameElement, version: number): string {
  const url = new URL(frame.src)
  url.searchParams.set('v', String(version))
  return url.href
}
