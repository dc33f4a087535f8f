/** Letters that Unicode does not take apart into a plain one and its mark. */
const PLAIN: Readonly<Record<string, string>> = { đ: 'd', ł: 'l', ø: 'o', ı: 'i', ß: 'ss', æ: 'ae' }

/** A name without case, accents, spaces and marks. */
export function wordOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[đłøıßæ]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '')
}
