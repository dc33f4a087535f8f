import type { Editor } from '@tiptap/core'

/** The row of a rich-text toolbar that asks for a link's address. */
export function linkRow(editor: Editor): { element: HTMLElement; open(): void } {
  const element = document.createElement('div')
  element.className = 'rich-text-link'
  element.hidden = true
  const input = document.createElement('input')
  input.className = 'input input-sm min-w-0 flex-1'
  input.placeholder = 'https://'
  input.setAttribute('aria-label', 'Address of the link')
  const close = () => {
    element.hidden = true
    editor.commands.focus()
  }
  const apply = () => {
    const href = input.value.trim()
    const chain = editor.chain().focus().extendMarkRange('link')
    if (href === '') chain.unsetLink().run()
    else chain.setLink({ href }).run()
    close()
  }
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') apply()
    if (event.key === 'Escape') close()
    if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault()
  })
  element.append(
    input,
    plainButton('Set link', apply),
    plainButton('Remove', () => {
      input.value = ''
      apply()
    }),
  )
  return {
    element,
    open: () => {
      input.value = String(editor.getAttributes('link')['href'] ?? '')
      element.hidden = false
      input.focus()
    },
  }
}

function plainButton(label: string, run: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn btn-sm'
  button.textContent = label
  button.addEventListener('click', run)
  return button
}
