const LONGEST = 200
/** A paragraph as long as this is more than a name or a heading. */
const ENOUGH = 50

/** The beginning of the first paragraph of a mail's plain text that says something, at most 200 characters. */
export function summaryOf(text: string): string {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) =>
    paragraph
      .replace(/https?:\/\/\S+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  const first = paragraphs.find(({ length }) => length >= ENOUGH) ?? ''
  if (first.length <= LONGEST) return first
  return `${first
    .slice(0, LONGEST)
    .replace(/\s+\S*$/, '')
    .toWellFormed()}…`
}
