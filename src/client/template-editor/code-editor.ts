import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { colours, look } from './look.js'
import { mjmlLanguage } from './mjml-language.js'
import type { ShownProblem, Vocabulary } from './vocabulary.js'

export type CodeEditor = {
  showProblems(problems: readonly ShownProblem[]): void
  goToLine(line: number): void
  onSave(save: () => void): void
}

/** Puts a code editor in the place of a field; what is written goes into the field at once, as if it had been typed there. */
export function createCodeEditor(field: HTMLTextAreaElement, vocabulary: Vocabulary): CodeEditor {
  let save: () => void = () => undefined
  const host = document.createElement('div')
  host.className = 'code-editor'
  field.after(host)
  // In a shadow tree the editor's styles come as style sheets of its own, which the page's policy allows.
  const root = host.attachShadow({ mode: 'open' })
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        ...editing(vocabulary, () => save()),
        EditorState.readOnly.of(field.readOnly),
        EditorView.contentAttributes.of({
          'aria-label': field.dataset['templateEditor'] === 'html' ? 'HTML' : 'MJML',
          'aria-description': 'Tab indents; Escape, then Tab, leaves the field.',
          spellcheck: 'false',
          tabindex: '0',
        }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return
          field.value = update.state.doc.toString()
          field.dispatchEvent(new Event('input', { bubbles: true }))
        }),
      ],
    }),
  })
  // Whoever was in the field already goes on in the editor.
  if (document.activeElement === field) view.focus()
  field.hidden = true
  document.querySelector(`label[for="${field.id}"]`)?.addEventListener('click', () => view.focus())
  return {
    showProblems: (problems) =>
      view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state, problems))),
    goToLine: (line) => goToLine(view, line),
    onSave: (given) => {
      save = given
    },
  }
}

function editing(vocabulary: Vocabulary, save: () => void) {
  const saveKey = { key: 'Mod-s', preventDefault: true, run: () => (save(), true) }
  return [
    EditorView.lineWrapping,
    lineNumbers(),
    foldGutter(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    syntaxHighlighting(colours),
    look,
    mjmlLanguage(vocabulary),
    keymap.of([
      saveKey,
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
  ]
}

function goToLine(view: EditorView, wanted: number): void {
  const line = view.state.doc.line(Math.min(Math.max(1, wanted), view.state.doc.lines))
  view.dispatch({
    selection: { anchor: line.from + (/^\s*/.exec(line.text)?.[0].length ?? 0) },
    effects: EditorView.scrollIntoView(line.from, { y: 'center' }),
  })
  view.focus()
}

function diagnosticsOf({ doc }: EditorState, problems: readonly ShownProblem[]): Diagnostic[] {
  const found = problems.map(({ isError, line: number, column, message }): Diagnostic => {
    const line = doc.line(Math.min(Math.max(1, number ?? 1), doc.lines))
    const start = column === null ? (/^\s*/.exec(line.text)?.[0].length ?? 0) : column - 1
    const from = Math.min(line.from + start, line.to)
    return { from, to: line.to, severity: isError ? 'error' : 'warning', message }
  })
  return found.sort((one, other) => one.from - other.from)
}
