/** Words as part of an address, such as `town-news`; `otherwise` when nothing of them can stand there. */
export function slugOf(words: string, otherwise: string): string {
  const plain = words.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
      .replace(/^-+|-+$/g, '') || otherwise
  )
}
