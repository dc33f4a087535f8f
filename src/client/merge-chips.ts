import { type Editor, mergeAttributes, Node, nodeInputRule, nodePasteRule } from '@tiptap/core'

const TAG = /<<\s*([^<>]+?)\s*>>/g
const FIELD = /^([a-z]+\.[A-Z0-9_]+)(?:\s*\|\s*default:\s*"([^"]*)")?$/

/** A merge field that stands in a text as one thing: `source` is what is between its angle brackets. */
export const MergeChip = Node.create({
  name: 'mergeChip',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addAttributes() {
    return {
      source: {
        default: '',
        parseHTML: (element) => element.getAttribute('data-merge'),
        renderHTML: ({ source }) => ({ 'data-merge': source }),
      },
    }
  },
  parseHTML() {
    return [{ tag: 'span[data-merge]' }]
  },
  renderHTML({ node, HTMLAttributes }) {
    const source = String(node.attrs['source'])
    return [
      'span',
      mergeAttributes(HTMLAttributes, { class: 'merge-chip', title: `<<${source}>>` }),
      chipLabel(source),
    ]
  },
  renderText({ node }) {
    return `<<${node.attrs['source']}>>`
  },
  addInputRules() {
    return [
      nodeInputRule({
        find: /<<\s*([^<>]+?)\s*>>$/,
        type: this.type,
        getAttributes: ([, source]) => ({ source }),
      }),
    ]
  },
  addPasteRules() {
    return [nodePasteRule({ find: TAG, type: this.type, getAttributes: ([, source]) => ({ source }) })]
  },
})

/** What a chip says: the field in words, and what stands there when it is empty. */
export function chipLabel(source: string): string {
  const [, name, otherwise] = FIELD.exec(source) ?? []
  if (name) return `${name.split('.')[1]}${otherwise === undefined ? '' : ` or “${otherwise}”`}`
  const condition = /^#if\s+[a-z]+\.(.+)$/.exec(source)
  if (condition) return `if ${condition[1]}`
  return source === 'else' ? 'else' : source === '/if' ? 'end if' : source
}

/** HTML whose merge fields are written in angle brackets, as the editor holds it: each a chip. Those in addresses stay as they are. */
export function withChips(html: string): string {
  const page = new DOMParser().parseFromString(withEscapedMerges(html), 'text/html')
  for (const text of textsOf(page.body)) {
    const pieces = (text.nodeValue ?? '').split(TAG)
    if (pieces.length === 1) continue
    text.replaceWith(...pieces.map((piece, at) => (at % 2 === 0 ? piece : chip(page, piece))))
  }
  return page.body.innerHTML
}

/** The HTML that the editor holds, with its chips written out in angle brackets again. */
export function withoutChips(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const element of page.querySelectorAll('span[data-merge]'))
    element.replaceWith(`<<${element.getAttribute('data-merge')}>>`)
  return page.body.innerHTML
}

/** The row of a toolbar that asks what stands in place of an empty field; it follows the chip that is selected. */
export function chipRow(editor: Editor): HTMLElement {
  const element = document.createElement('label')
  element.className = 'rich-text-link items-center text-sm'
  element.hidden = true
  const words = document.createElement('span')
  const input = document.createElement('input')
  input.className = 'input input-sm min-w-0 flex-1'
  element.append(words, input)
  const selected = () => {
    const { node } = editor.state.selection as unknown as {
      node?: { type: { name: string }; attrs: { source: string } }
    }
    const [, name, otherwise] = (node?.type.name === MergeChip.name && FIELD.exec(node.attrs.source)) || []
    return name ? { name, otherwise: otherwise ?? '' } : null
  }
  const show = () => {
    const field = selected()
    if (element.contains(document.activeElement)) return
    element.hidden = !field
    words.textContent = `If ${field?.name.split('.')[1]} is empty:`
    input.value = field?.otherwise ?? ''
  }
  input.addEventListener('input', () => {
    const field = selected()
    if (!field) return
    const otherwise = input.value.replace(/["<>]/g, '')
    editor.commands.updateAttributes(MergeChip.name, {
      source: otherwise ? `${field.name} | default: "${otherwise}"` : field.name,
    })
  })
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    editor.chain().focus().setTextSelection(editor.state.selection.to).run()
  })
  input.addEventListener('blur', () => setTimeout(show))
  editor.on('transaction', show)
  return element
}

function chip(page: Document, source: string): HTMLElement {
  const element = page.createElement('span')
  element.dataset['merge'] = source
  element.textContent = chipLabel(source)
  return element
}

function textsOf(root: HTMLElement): Text[] {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: Text[] = []
  while (walker.nextNode()) found.push(walker.currentNode as Text)
  return found
}

// A browser would read <<contact.EMAIL>> as a tag; escaped it is text, and means the same to the compiler.
function withEscapedMerges(html: string): string {
  return html.replace(/<<([^<>]*)>>/g, '&lt;&lt;$1&gt;&gt;')
}
