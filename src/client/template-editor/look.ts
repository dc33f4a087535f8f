import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const quiet = 'color-mix(in oklab, var(--color-base-content) 78%, transparent)'

/** The colours of code, those of the page's theme, so that they read well in light and dark. */
export const colours = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket, tags.keyword], color: 'var(--color-primary)', fontWeight: '600' },
  { tag: [tags.attributeName, tags.propertyName], color: 'var(--color-info)' },
  {
    tag: [tags.attributeValue, tags.string, tags.color, tags.number, tags.unit],
    color: 'var(--color-success)',
  },
  { tag: [tags.comment, tags.documentMeta, tags.processingInstruction], color: quiet, fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--color-error)' },
])

/** The editor's look: the page's own colours and edges. */
export const look = EditorView.theme({
  '&': { height: '44rem', maxHeight: '80vh', color: 'var(--color-base-content)', fontSize: '0.875rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    lineHeight: '1.55',
  },
  '.cm-content': { caretColor: 'var(--color-base-content)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--color-base-content)' },
  '.cm-gutters': {
    backgroundColor: 'var(--color-base-200)',
    color: quiet,
    borderRight: '1px solid var(--color-base-300)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in oklab, var(--color-primary) 7%, transparent)',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklab, var(--color-primary) 28%, transparent)',
  },
  '.cm-selectionMatch, .cm-matchingBracket': {
    backgroundColor: 'color-mix(in oklab, var(--color-accent) 22%, transparent)',
  },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--color-base-100)',
    color: 'var(--color-base-content)',
    border: '1px solid var(--color-base-300)',
  },
  '.cm-tooltip': { borderRadius: '0.5rem', overflow: 'hidden', boxShadow: '0 4px 16px rgb(0 0 0 / 18%)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.15rem 0.6rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--color-primary)',
    color: 'var(--color-primary-content)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-panels button, .cm-panels input': {
    color: 'inherit',
    backgroundColor: 'var(--color-base-100)',
    backgroundImage: 'none',
    border: '1px solid color-mix(in oklab, var(--color-base-content) 55%, transparent)',
    borderRadius: '0.3rem',
    padding: '0.2rem 0.5rem',
  },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--color-base-200)', color: 'inherit', border: 'none' },
})
