import type { ShownPicture } from '../../../db/tables/edition.js'
import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import type { CompiledEdition } from '../../rendering/compile-edition.js'
import { publicForm } from './public-form.js'
import { IS_PUBLIC } from './public-issues.js'

/** A public issue in one language, as everybody may read it. */
export type ReadIssue = {
  slug: string
  language: string
  /** Every language it can be read in; `mainLanguage` is the one without a language in its address. */
  languages: string[]
  mainLanguage: string
  headline: string
  summary: string
  picture: ShownPicture | null
  releasedAt: Date
  html: string
  text: string
}

/** A public issue by its slug, in a language or in its own; throws `NotFoundError` for what is not public, too. */
export async function publicIssue(
  { db }: Pick<Context, 'db'>,
  { slug, language = null }: { slug: string; language?: string | null },
): Promise<ReadIssue> {
  const editions = await db
    .selectFrom('issue')
    .innerJoin('edition', 'edition.issue_id', 'issue.id')
    .select(['title', 'send_at', 'send_zone', 'own_time', 'released_at', 'issue.language as own_language'])
    .select(['edition.id', 'edition.language', 'headline', 'summary', 'picture'])
    .where('slug', '=', slug.normalize('NFC'))
    .where(IS_PUBLIC)
    .where('headline', '<>', '')
    .orderBy('edition.language')
    .execute()
  const main = editions.find((edition) => edition.language === edition.own_language) ?? editions[0]
  const chosen = language === null ? main : editions.find((edition) => edition.language === language)
  if (!main || !chosen) throw new NotFoundError('There is no such issue.')
  const { compiled } = await db
    .selectFrom('edition')
    .select('compiled')
    .where('id', '=', chosen.id)
    .executeTakeFirstOrThrow()
  const { html, text } = publicForm({ ...chosen, edition: compiled as CompiledEdition })
  return {
    slug,
    language: chosen.language,
    languages: editions.map((edition) => edition.language),
    mainLanguage: main.language,
    headline: chosen.headline ?? '',
    summary: chosen.summary ?? '',
    picture: chosen.picture,
    releasedAt: chosen.released_at ?? new Date(0),
    html,
    text,
  }
}
