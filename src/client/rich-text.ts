import { Editor } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import bold from 'lucide-static/icons/bold.svg'
import italic from 'lucide-static/icons/italic.svg'
import link from 'lucide-static/icons/link.svg'
import list from 'lucide-static/icons/list.svg'
import orderedList from 'lucide-static/icons/list-ordered.svg'
import redo from 'lucide-static/icons/redo-2.svg'
import undo from 'lucide-static/icons/undo-2.svg'
import { chipRow, MergeChip, withChips, withoutChips } from './merge-chips.js'
import { linkRow } from './rich-text-link.js'

type Command = { label: string; icon: string; mark?: string; run(editor: Editor): void }

const COMMANDS: readonly Command[] = [
  { label: 'Bold', icon: bold, mark: 'bold', run: (editor) => editor.chain().focus().toggleBold().run() },
  {
    label: 'Italic',
    icon: italic,
    mark: 'italic',
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    label: 'Bulleted list',
    icon: list,
    mark: 'bulletList',
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    label: 'Numbered list',
    icon: orderedList,
    mark: 'orderedList',
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  { label: 'Undo', icon: undo, run: (editor) => editor.chain().focus().undo().run() },
  { label: 'Redo', icon: redo, run: (editor) => editor.chain().focus().redo().run() },
]

/**
 * Turns a `<textarea data-rich-text>` into an editor for paragraphs, emphasis, lists and links. The textarea stays the form's
 * field: each change is written back to it as HTML and announced by an `input` event. Its `data-merge-fields` names the fields
 * of a menu, apart by commas.
 */
export function openEditor(field: HTMLTextAreaElement): void {
  if (field.hidden) return
  const frame = document.createElement('div')
  frame.className = `rich-text${field.getAttribute('aria-invalid') ? ' rich-text-error' : ''}`
  const place = document.createElement('div')
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`)
  const editor = new Editor({
    element: place,
    injectCSS: false,
    content: withChips(field.value),
    extensions: [
      MergeChip,
      StarterKit.configure({
        heading: false,
        code: false,
        codeBlock: false,
        strike: false,
        horizontalRule: false,
        trailingNode: false,
        link: {
          openOnClick: false,
          autolink: false,
          protocols: ['mailto'],
          HTMLAttributes: { rel: null, target: null },
        },
      }),
    ],
    editorProps: {
      attributes: {
        class: 'rich-text-body',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label?.textContent?.trim() ?? 'Text',
        ...(field.lang ? { lang: field.lang, dir: field.dir } : {}),
        ...(field.getAttribute('aria-describedby')
          ? { 'aria-describedby': field.getAttribute('aria-describedby') ?? '' }
          : {}),
      },
    },
    onUpdate: ({ editor: changed }) => {
      field.value = changed.isEmpty ? '' : withoutChips(changed.getHTML())
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
  })
  frame.append(toolbar(editor, field), place)
  const wasTyping = document.activeElement === field
  field.before(frame)
  field.hidden = true
  if (wasTyping) editor.commands.focus('end')
  label?.addEventListener('click', () => editor.commands.focus())
  document.addEventListener('htmx:beforeCleanupElement', function end({ target }) {
    if (target !== field) return
    editor.destroy()
    document.removeEventListener('htmx:beforeCleanupElement', end)
  })
}

function toolbar(editor: Editor, field: HTMLTextAreaElement): HTMLElement {
  const bar = document.createElement('div')
  bar.className = 'rich-text-bar'
  bar.setAttribute('role', 'toolbar')
  bar.setAttribute('aria-label', 'Formatting')
  const row = linkRow(editor)
  const buttons = COMMANDS.map((command) => commandButton(editor, command))
  const linkButton = commandButton(editor, {
    label: 'Add a link',
    icon: link,
    mark: 'link',
    run: () => row.open(),
  })
  bar.append(...buttons.slice(0, 4), linkButton, ...buttons.slice(4))
  const fields = (field.dataset['mergeFields'] ?? '').split(',').filter(Boolean)
  if (fields.length > 0) bar.append(mergeMenu(editor, fields))
  bar.append(row.element, chipRow(editor))
  return bar
}

function commandButton(editor: Editor, { label, icon, mark, run }: Command): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn btn-ghost btn-square btn-sm'
  button.title = label
  button.setAttribute('aria-label', label)
  button.innerHTML = icon
  button.querySelector('svg')?.setAttribute('aria-hidden', 'true')
  button.addEventListener('click', () => run(editor))
  if (mark) {
    const show = () => button.setAttribute('aria-pressed', String(editor.isActive(mark)))
    show()
    editor.on('transaction', show)
  }
  return button
}

function mergeMenu(editor: Editor, fields: readonly string[]): HTMLSelectElement {
  const menu = document.createElement('select')
  menu.className = 'select select-sm ml-auto w-auto'
  menu.setAttribute('aria-label', 'Insert a merge field')
  menu.add(new Option('Insert field …', ''))
  for (const name of fields) menu.add(new Option(name, name))
  menu.addEventListener('change', () => {
    if (menu.value)
      editor
        .chain()
        .focus()
        .insertContent({ type: MergeChip.name, attrs: { source: menu.value } })
        .run()
    menu.value = ''
  })
  return menu
}
