import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { cssLanguage } from '@codemirror/lang-css'
import { html, htmlLanguage } from '@codemirror/lang-html'
import type { Extension } from '@codemirror/state'
import type { Vocabulary } from './vocabulary.js'

/** MJML for the editor: its tags and attributes beside those of HTML, styles as CSS, and merge fields and slots offered where they begin. */
export function mjmlLanguage({ tags, slots, fields }: Vocabulary): Extension {
  const extraTags = Object.fromEntries(
    Object.entries(tags).map(([name, { children, attrs }]) => [
      name,
      { attrs, globalAttrs: false, ...(children.length > 0 ? { children } : {}) },
    ]),
  )
  const nestedLanguages = [{ tag: 'mj-style', parser: cssLanguage.parser }]
  return [
    html({ extraTags, nestedLanguages, autoCloseTags: true }),
    htmlLanguage.data.of({ autocomplete: mergeCompletions(slots, fields) }),
    cssLanguage.data.of({ autocomplete: mergeCompletions(slots, []) }),
  ]
}

/** Offers slots after `{{`, merge fields after `{{` and `<<`; what is chosen takes the closing brackets along. */
function mergeCompletions(slots: readonly string[], fields: readonly string[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const begun = context.matchBefore(/(?:\{\{\{?|<<)[ \t]*[\w.]*/)
    if (!begun) return null
    const isBraces = begun.text.startsWith('{{')
    const lead = /^(?:\{\{\{?|<<)[ \t]*/.exec(begun.text)?.[0].length ?? 2
    const offer = (name: string, detail: string): Completion => ({
      label: name,
      detail,
      type: 'variable',
      apply: (view, _completion, _from, to) => {
        const after = view.state.sliceDoc(to, to + 3)
        const closed = /^(?:\}{1,3}|>{1,2})/.exec(after)?.[0].length ?? 0
        const text = isBraces ? `{{${name}}}` : `<<${name}>>`
        view.dispatch({
          changes: { from: begun.from, to: to + closed, insert: text },
          selection: { anchor: begun.from + text.length },
          userEvent: 'input.complete',
        })
      },
    })
    const options = [
      ...(isBraces
        ? slots.map((name) => offer(name, name === 'blocks' ? 'where the blocks go' : 'slot'))
        : []),
      ...fields.map((name) => offer(name, 'merge field')),
    ]
    return { from: begun.from + lead, options, validFor: /^[\w.]*$/ }
  }
}
