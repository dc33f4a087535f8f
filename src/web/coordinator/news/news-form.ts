import type { Request, Response } from 'express'
import type { NewsItem } from '../../../../db/tables/news-item.js'
import type { Context } from '../../../context.js'
import { InvalidError } from '../../../errors.js'
import { NewsItemForm, type NewsItemInput } from '../../../news/news-item-form.js'
import { newsRegions } from '../../../news/news-library.js'
import { OPEN_TO_PARTNERS } from '../../../news/revise-proposal.js'
import { readForm } from '../../form.js'
import { accountOf } from '../../middleware/sessions.js'
import { renderPage } from '../../page.js'
import { shownPicture } from '../shown-picture.js'
import { officeAccounts } from './desk-options.js'
import { isOffice, regionOf } from './scope.js'
import { newsTranslationsView, type TranslationRefusal } from './translations-view.js'

export type NewsFormValues = Record<
  | 'title'
  | 'summaryHtml'
  | 'url'
  | 'imageUrl'
  | 'imageAlt'
  | 'region'
  | 'language'
  | 'publishedOn'
  | 'validUntil'
  | 'ownerId'
  | 'sourceUrl',
  string
>
export const EMPTY: NewsFormValues = {
  title: '',
  summaryHtml: '',
  url: '',
  imageUrl: '',
  imageAlt: '',
  region: '',
  language: 'en',
  publishedOn: '',
  validUntil: '',
  ownerId: '',
  sourceUrl: '',
}

export function formOf(item: NewsItem): NewsFormValues {
  return {
    title: item.title,
    summaryHtml: item.summary_html,
    url: item.url,
    imageUrl: item.image_url,
    imageAlt: item.image_alt,
    region: item.region,
    language: item.language,
    publishedOn: item.published_on,
    validUntil: item.valid_until ?? '',
    ownerId: item.owner_id ?? '',
    sourceUrl: item.source_url,
  }
}

/** What a form says, by what its sender may decide: a partner's news is of its own region and has no owner. */
export async function readNewsItem(
  ctx: Pick<Context, 'db'>,
  req: Request,
  res: Response,
): Promise<NewsItemInput> {
  const { ownerId, ...input } = readForm(NewsItemForm, req.body)
  const region = regionOf(res)
  if (region !== undefined) return { ...input, region }
  if (ownerId && !(await officeAccounts(ctx)).some(({ value }) => value === ownerId))
    throw new InvalidError({ ownerId: 'Choose somebody from the list.' })
  return ownerId === undefined ? input : { ...input, ownerId }
}

export type ShownForm = {
  item: NewsItem | null
  form: NewsFormValues
  errors?: Readonly<Record<string, string>>
  conflict?: string
  /** Why a link could not be read. */
  problem?: string
  /** Where the form was filled from. */
  readFrom?: string
  /** Why it should be rejected, where that was refused. */
  note?: string
  /** A translation that was refused. */
  translation?: TranslationRefusal
  /** News items with the same link. */
  same?: readonly { id: string; title: string; status: string }[]
}

/** Renders the form of a news item, new or saved, with what can be decided about it. */
export async function showNewsForm(
  ctx: Pick<Context, 'db' | 'config'>,
  res: Response,
  { item, form, errors = {}, translation, ...more }: ShownForm,
): Promise<void> {
  const office = isOffice(res)
  const isOpen = item === null || (OPEN_TO_PARTNERS.includes(item.status) && !item.archived_at)
  const picture = item ? item.image_url : form.imageUrl
  renderPage(res, 'coordinator/news/form', {
    title: item ? item.title : office ? 'New news item' : 'Propose news',
    item,
    form,
    errors,
    ...more,
    isOffice: office,
    isReadOnly: !office && !isOpen,
    pictureHint: office
      ? 'From the library, or any that starts with https://'
      : 'Any that starts with https://',
    translations: item && (office || isOpen) ? await newsTranslationsView(ctx, item, translation) : null,
    isAgain: !office && item?.status === 'rejected',
    region: accountOf(res).region,
    picture: shownPicture(picture, ctx.config),
    regions: await newsRegions(ctx),
    owners: office ? [{ value: '', label: 'Nobody yet' }, ...(await officeAccounts(ctx))] : [],
  })
}
