import type { Picture } from '../../db/tables/picture.js'
import type { Context } from '../context.js'

const NAME = /^[0-9a-f]{32}\.(jpg|png|gif)$/
const TYPES = ['image/jpeg', 'image/png', 'image/gif'] as const
const EXTENSIONS = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/gif': 'gif' } as const

/** The name of a picture's file: 128 bits of its content's hash, which nobody guesses, and what it is. */
export function pictureName({ sha256, type }: Pick<Picture, 'sha256' | 'type'>): string {
  return `${sha256.slice(0, 32)}.${EXTENSIONS[type]}`
}

/** The type that a name tells, or null for what is no picture's name. */
export function typeOfName(name: string): Picture['type'] | null {
  const extension = NAME.exec(name)?.[1]
  return TYPES.find((type) => EXTENSIONS[type] === extension) ?? null
}

/** Where everybody finds a picture; this is what mails embed. */
export function pictureUrl({ config }: Pick<Context, 'config'>, { name }: Pick<Picture, 'name'>): string {
  return `${config.publicUrl}/pictures/${name}`
}
