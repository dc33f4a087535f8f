/** What a file's first bytes say it is. */
export type PictureKind = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'heic' | 'svg'

const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'])

/** The kind of picture, by content alone; null when it is none that we know. */
export function pictureKind(bytes: Buffer): PictureKind | null {
  const head = bytes.toString('latin1', 0, 32)
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (/^GIF8[79]a/.test(head)) return 'gif'
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp'
  if (head.slice(4, 8) === 'ftyp') return kindOfBrands(head.slice(8))
  return isSvg(bytes) ? 'svg' : null
}

// An AVIF file may call itself "mif1" first and "avif" among the brands that follow.
function kindOfBrands(text: string): PictureKind | null {
  const brands = text.match(/[\s\S]{4}/g) ?? []
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif'
  return brands.some((brand) => HEIC_BRANDS.has(brand)) ? 'heic' : null
}

function isSvg(bytes: Buffer): boolean {
  const start = bytes.toString('utf8', 0, 4096).replace(/^\uFEFF?\s*/, '')
  return start.startsWith('<') && /<svg[\s>]/i.test(start)
}
