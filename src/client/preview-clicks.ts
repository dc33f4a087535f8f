/** Lets a click on a part of the previewed mail open the block that it comes from. The mail itself runs nothing and follows no link. */
export function openByPreview(root: ParentNode): void {
  for (const frame of root.querySelectorAll<HTMLIFrameElement>('iframe[data-preview-frame]'))
    watchPreview(frame)
}

/** Watches one frame of the preview, now and whenever it shows another version. */
export function watchPreview(frame: HTMLIFrameElement): void {
  frame.addEventListener('load', () => watch(frame))
  watch(frame)
}

function watch(frame: HTMLIFrameElement): void {
  const page = frame.contentDocument
  if (!page?.body || page.URL === 'about:blank' || page.body.dataset['watched']) return
  page.body.dataset['watched'] = ''
  const edge = page.createElement('div')
  edge.style.cssText =
    'position:absolute;pointer-events:none;box-sizing:border-box;left:0;right:0;border:2px solid #0f7a8f;border-radius:4px;display:none;z-index:9'
  page.body.append(edge)
  page.documentElement.style.cursor = 'pointer'
  page.addEventListener('mousemove', ({ target }) => {
    const block = blockAt(page, target)
    edge.style.display = block ? 'block' : 'none'
    if (!block) return
    edge.style.top = `${block.top}px`
    edge.style.height = `${block.height}px`
  })
  page.documentElement.addEventListener('mouseleave', () => {
    edge.style.display = 'none'
  })
  page.addEventListener('click', (event) => {
    event.preventDefault()
    const id = blockAt(page, event.target)?.id
    const head = id && document.querySelector<HTMLElement>(`#open-${CSS.escape(id)}:not([aria-expanded])`)
    if (head) head.click()
  })
}

type Place = { id: string; top: number; height: number }

// Each block begins at an anchor; it ends where the next one begins.
function blockAt(page: Document, target: EventTarget | null): Place | null {
  if (!isNode(target)) return null
  const anchors = [...page.querySelectorAll<HTMLElement>('a[id^="block-"]')]
  const at = anchors.findLastIndex(
    (anchor) => anchor.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING,
  )
  const anchor = anchors[at]
  if (!anchor) return null
  const scrolled = page.defaultView?.scrollY ?? 0
  const topOf = (element: Element) => element.getBoundingClientRect().top + scrolled
  const next = anchors[at + 1]
  const top = topOf(anchor)
  return {
    id: anchor.id.slice('block-'.length),
    top,
    height: (next ? topOf(next) : page.body.scrollHeight) - top,
  }
}

// Another frame has classes of its own, so `instanceof` would say no.
function isNode(target: EventTarget | null): target is Node {
  return target !== null && 'nodeType' in target
}
