const LONGEST = 80

/** A readable last part of a web address made of a title, in the letters of its language; the day of `moment` when nothing of it can stand there. */
export function slugOf(title: string, moment: Date): string {
  const words = title
    .toWellFormed()
    .normalize('NFKD')
    // Accents of Latin letters go; the marks of other scripts are part of their words.
    .replace(/(?<=\p{Script=Latin})[\u0300-\u036f]+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[æœ]/g, (letter) => (letter === 'æ' ? 'ae' : 'oe'))
    .replace(/[øđłı]/g, (letter) => ({ ø: 'o', đ: 'd', ł: 'l' })[letter] ?? 'i')
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
  const slug = [...words]
    .slice(0, LONGEST)
    .join('')
    .replace(/^-+|-+$/g, '')
  return slug || `issue-${moment.toISOString().slice(0, 10)}`
}
