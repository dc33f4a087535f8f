import type { ShownPicture } from '../../../db/tables/edition.js'
import type { Context } from '../../context.js'
import { typeOfName } from '../../pictures/picture-name.js'

/** What is narrower is a logo or an emblem. */
const NARROWEST = 200

type Needs = Pick<Context, 'db' | 'config'>
type Found = { url: string; alt: string; width: number | null; height: number | null }

/** The first picture of a mail that is not a logo (any, if there is no other), with its real size where it is one of ours. */
export async function firstPicture({ db, config }: Needs, html: string): Promise<ShownPicture | null> {
  const found = picturesIn(html)
  const chosen = found.find(({ width }) => (width ?? NARROWEST) >= NARROWEST) ?? found[0]
  if (!chosen) return null
  const ours = `${config.publicUrl}/pictures/`
  const name = chosen.url.startsWith(ours) ? chosen.url.slice(ours.length) : ''
  const known = typeOfName(name)
    ? await db
        .selectFrom('picture')
        .select(['width', 'height', 'type'])
        .where('name', '=', name)
        .executeTakeFirst()
    : undefined
  const size = chosen.width && chosen.height ? { width: chosen.width, height: chosen.height } : UNKNOWN
  return { url: chosen.url, alt: chosen.alt, type: null, ...(known ?? size) }
}

const UNKNOWN = { width: null, height: null }

function picturesIn(html: string): Found[] {
  const shown = html.replace(/<!--[^]*?-->/g, '')
  return [...shown.matchAll(/<img\b[^>]*>/gi)].flatMap(([tag]) => {
    const url = attribute(tag, 'src')
    if (!/^https?:\/\/[^\s]+$/i.test(url) || !URL.canParse(url)) return []
    return [{ url, alt: attribute(tag, 'alt'), width: pixels(tag, 'width'), height: pixels(tag, 'height') }]
  })
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag)
  return decoded(found?.[1] ?? found?.[2] ?? '').trim()
}

function pixels(tag: string, name: string): number | null {
  const number = attribute(tag, name)
  return /^\d{1,5}$/.test(number) ? Number(number) : null
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', '#39': "'", amp: '&' }

function decoded(text: string): string {
  return text.replace(/&(quot|lt|gt|amp|#39);/g, (_whole, name: string) => ENTITIES[name] ?? '')
}
