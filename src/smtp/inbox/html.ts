/** Text that is markup already; only `html` makes it, so nothing else reaches a page unescaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Content = Markup | string | number | null | undefined | false | readonly Content[]

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Template tag for pages: every value that is not itself `html` is escaped; null, undefined and false leave nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(
    parts.map((part, index) => part + (index < values.length ? render(values[index]) : '')).join(''),
  )
}

function render(value: Content): string {
  if (value instanceof Markup) return value.text
  if (Array.isArray(value)) return (value as readonly Content[]).map(render).join('')
  if (value === null || value === undefined || value === false) return ''
  return withoutControls(String(value)).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

// Control characters are no text in HTML, and marks that reverse the writing direction can make an address look like another.
function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}
