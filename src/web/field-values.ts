/** The values of a form's inputs named `field:KEY`, by key. */
export function fieldValues(body: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(body).filter(([name]) => name.startsWith('field:'))
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(6), String(value)]))
}
