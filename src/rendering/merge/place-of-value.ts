import type { Place } from './template.js'

/** Where a value lands in HTML, told from what stands before it. */
export function placeInHtml(before: string): Place {
  // Also `>` may stand in a quoted attribute, so the attribute itself is looked for, not the beginning of its tag.
  const attribute =
    /[\s"'](?:href|src|action|background|background-url)\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'<>]*))$/i.exec(
      before,
    )
  if (!attribute) return 'html'
  const written = attribute[1] ?? attribute[2] ?? attribute[3] ?? ''
  return written.trim() === '' ? 'link' : 'url'
}

/** Where a value lands in plain text: within a web address that began before it, or just among words. */
export function placeInText(before: string): Place {
  return /(?:https?:\/\/|mailto:)[^\s<>"]*$/i.test(before) ? 'address' : 'text'
}
