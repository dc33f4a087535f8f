import type { Picture } from '../../../db/tables/picture.js'
import type { Context } from '../../context.js'
import { HEAVY_BYTES } from '../../pictures/limits.js'
import { pictureUrl } from '../../pictures/picture-name.js'
import type { PictureUse } from '../../pictures/picture-uses.js'

const TYPE_NAMES = { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/gif': 'GIF' } as const
const PLACES = {
  news: { path: '/news/', icon: 'newspaper' },
  issue: { path: '/issues/', icon: 'mails' },
  template: { path: '/templates/', icon: 'layout-template' },
  brand: { path: '/settings/brand', icon: 'palette' },
} as const

/** What pages say about a picture. */
export function pictureView({ config }: Pick<Context, 'config'>, picture: Picture & { uses?: PictureUse[] }) {
  const { id, name, alt, file_name, width, height, bytes, frames, type, created_at } = picture
  const uses = (picture.uses ?? []).map(({ kind, id, title }) => ({
    href: `${PLACES[kind].path}${id ?? ''}`,
    icon: PLACES[kind].icon,
    title,
  }))
  return {
    ...{ id, alt, width, height, uses },
    src: `/pictures/${name}`,
    url: pictureUrl({ config }, picture),
    fileName: file_name,
    addedAt: created_at,
    kind: frames > 1 ? `animated ${TYPE_NAMES[type]}` : TYPE_NAMES[type],
    weight: weightOf(bytes),
    isHeavy: bytes > HEAVY_BYTES,
    firstUse: uses[0],
    otherUses: Math.max(0, uses.length - 1),
  }
}

/** What a script is told about a picture. */
export function pictureJson({ config }: Pick<Context, 'config'>, picture: Picture) {
  const { id, alt, width, height, bytes } = picture
  return { id, url: pictureUrl({ config }, picture), width, height, bytes, alt }
}

function weightOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 999_500 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
