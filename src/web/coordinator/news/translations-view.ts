import { z } from 'zod'
import type { NewsItem } from '../../../../db/tables/news-item.js'
import type { Context } from '../../../context.js'
import { newsTexts } from '../../../news/news-texts.js'
import { directionOf } from '../../../rendering/direction.js'
import { languageName } from '../../../rendering/languages/language-tag.js'
import { languageOptions } from '../../language-options.js'

/** A translation as it was typed, right or wrong. */
export const TypedTranslation = z.object({
  language: z.string().catch(''),
  title: z.string().catch(''),
  summaryHtml: z.string().catch(''),
  url: z.string().catch(''),
  imageAlt: z.string().catch(''),
})

/** What a refused translation leaves behind. */
export type TranslationRefusal = {
  typed: z.infer<typeof TypedTranslation>
  errors: Readonly<Record<string, string>>
}

/** What the translations of a news item show: a form for each language there is, and one for another. */
export async function newsTranslationsView(
  ctx: Pick<Context, 'db'>,
  item: NewsItem,
  refusal: TranslationRefusal | undefined,
) {
  const saved = (await newsTexts(ctx, item.id)).map((text) => ({
    language: text.language,
    title: text.title,
    summaryHtml: text.summary_html,
    url: text.url,
    imageAlt: text.image_alt,
  }))
  const typed = refusal?.typed
  const known = saved.map((text) => {
    const isTyped = typed?.language === text.language
    return formView(isTyped ? typed : text, { isOpen: isTyped, errors: isTyped ? refusal?.errors : {} })
  })
  const isNew = typed !== undefined && !saved.some(({ language }) => language === typed.language)
  const without = [item.language, ...saved.map(({ language }) => language)]
  return {
    known,
    another: {
      ...(isNew ? typed : { language: '', title: '', summaryHtml: '', url: '', imageAlt: '' }),
      errors: isNew ? refusal?.errors : {},
      isOpen: isNew,
      options: [{ value: '', label: 'Choose a language' }, ...languageOptions({ without })],
    },
  }
}

function formView(
  text: z.infer<typeof TypedTranslation>,
  { isOpen, errors }: { isOpen: boolean; errors: TranslationRefusal['errors'] | undefined },
) {
  const { language } = text
  return { ...text, name: languageName(language), direction: directionOf(language), isOpen, errors }
}
