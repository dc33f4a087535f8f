/** A list, list item or quotation that is open, with the inline tags open in it. */
type Container = { name: string; inline: { name: string; tag: string }[] }

/**
 * Puts sanitised rich text into paragraphs: a `<div>` is a paragraph, a blank line in bare text begins a new one, and
 * formatting that is open across the border goes on in the next. List items keep their words without paragraphs. Expects
 * well-formed mark-up and gives mark-up without `<div>`, without a paragraph in a paragraph and without empty ones.
 */
export function inParagraphs(html: string): string {
  const writer = new ParagraphWriter()
  for (const token of html.split(/(<[^>]+>)/)) {
    if (token === '') continue
    const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(token)
    if (!tag) writer.text(token)
    else if (tag[2] === 'br') writer.lineBreak()
    else if (tag[2] === 'p' || tag[2] === 'div') writer.paragraph(tag[1] ? null : token)
    else if (/^(ul|ol|li|blockquote)$/.test(tag[2] ?? ''))
      writer.container(tag[1] ? null : (tag[2] ?? ''), token)
    else writer.inline(tag[1] ? null : (tag[2] ?? ''), token)
  }
  return writer.finish()
}

class ParagraphWriter {
  private out = ''
  private open: 'none' | 'bare' | 'given' = 'none'
  private readonly containers: Container[] = [{ name: '', inline: [] }]

  text(words: string): void {
    if (!this.takesParagraphs()) {
      if (this.here().name === 'li' || words.trim() !== '') this.out += words
      return
    }
    const parts = this.open === 'given' ? [words] : words.split(/\r?\n[ \t]*\r?\n\s*/)
    for (const [index, part] of parts.entries()) {
      if (index > 0) this.close()
      if (part.trim() === '' && this.open === 'none') continue
      this.begin()
      this.out += part
    }
  }

  lineBreak(): void {
    if (this.takesParagraphs()) this.begin()
    this.out += '<br />'
  }

  paragraph(opening: string | null): void {
    if (this.takesParagraphs()) {
      this.close()
      if (opening) this.begin(opening.replace(/^<div/, '<p'))
    } else if (this.here().name === 'li' && opening && !/<(li|\/?ul|\/?ol|br)[^>]*>\s*$/.test(this.out)) {
      this.out += '<br />'
    }
  }

  container(name: string | null, tag: string): void {
    this.close()
    if (name === null) this.containers.pop()
    else this.containers.push({ name, inline: [] })
    this.out += tag
  }

  inline(name: string | null, tag: string): void {
    if (name) this.here().inline.push({ name, tag })
    else this.here().inline.pop()
    if (!this.takesParagraphs() || this.open !== 'none') this.out += tag
  }

  finish(): string {
    this.close()
    return this.out.replace(/<p[^>]*>(?:[ \t\r\n]|<br \/>|<(\w+)[^>]*><\/\1>)*<\/p>/g, '').trim()
  }

  private here(): Container {
    return this.containers.at(-1) ?? { name: '', inline: [] }
  }

  private takesParagraphs(): boolean {
    return this.here().name === '' || this.here().name === 'blockquote'
  }

  private begin(opening?: string): void {
    if (this.open !== 'none') return
    this.open = opening ? 'given' : 'bare'
    this.out +=
      (opening ?? '<p>') +
      this.here()
        .inline.map(({ tag }) => tag)
        .join('')
  }

  private close(): void {
    if (this.open === 'none') return
    this.open = 'none'
    this.out += `${this.here()
      .inline.map(({ name }) => `</${name}>`)
      .toReversed()
      .join('')}</p>`
  }
}
