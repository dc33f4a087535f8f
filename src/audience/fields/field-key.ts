// `contact.EMAIL` is the address itself.
const TAKEN = ['EMAIL']
const KEY_MAX = 40

/** The key that a label suggests: `Company size` becomes COMPANY_SIZE; empty when nothing of it can stand in a key. */
export function suggestKey(label: string): string {
  return label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[^A-Z]+/, '')
    .slice(0, KEY_MAX)
    .replace(/_+$/, '')
}

/** What is wrong with a key in one plain sentence, or null. */
export function keyProblem(key: string): string | null {
  if (TAKEN.includes(key)) return `${key} is the address itself: take another key.`
  if (/^[A-Z][A-Z0-9_]{0,39}$/.test(key)) return null
  return 'A key is 1 to 40 capital letters, digits and _, such as CITY; it begins with a letter.'
}
