/** What begins a formula for a spreadsheet, also in full width; a tab or line break in front is passed over. */
const FORMULA = '[=+\\-@\uff1d\uff0b\uff0d\uff20]'
/** Where one would begin, with `mark` already there. */
const formulaBehind = (mark: string) =>
  new RegExp(`(?<=[;\\t\\r\\n])${mark}(?=["']*${FORMULA})|^${mark}(?=["']*(?:${FORMULA}|[\\t\\r\\n]))`, 'gu')
const OPEN = formulaBehind('')
const GUARDED = formulaBehind("'")

/**
 * A cell with an apostrophe before whatever a spreadsheet would take for a formula (OWASP, CSV injection): at its beginning, and behind a
 * mark at which some spreadsheets cut cells whatever the file's own separator is.
 */
export function guarded(cell: string): string {
  return cell.replace(OPEN, "'")
}

/** A cell without the apostrophes that `guarded` puts. */
export function unguarded(cell: string): string {
  return cell.includes("'") ? cell.replace(GUARDED, '') : cell
}
