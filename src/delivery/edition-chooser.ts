import { NotFoundError } from '../errors.js'
import { type LanguageOffer, pickLanguage } from '../rendering/languages/pick-language.js'

/** Readers have few languages; what they wrote into a form must not fill the memory all the same. */
const CHOICES_KEPT = 500

/**
 * Finds each reader's edition among those that exist, by `pickLanguage`; a language that was asked for before costs one look into a map.
 * The returned function throws `NotFoundError` when there is no edition at all.
 */
export function editionChooser<E>(
  editions: ReadonlyMap<string, E>,
  { main, order }: LanguageOffer,
): (language: string | null) => E {
  const offer = { main, order: order.filter((language) => editions.has(language)) }
  const chosen = new Map<string | null, E>()
  return (language) => {
    const known = chosen.get(language)
    if (known !== undefined) return known
    const found = editions.get(pickLanguage(language, offer)) ?? [...editions.values()][0]
    if (found === undefined) throw new NotFoundError('This issue has no frozen edition.')
    if (chosen.size < CHOICES_KEPT) chosen.set(language, found)
    return found
  }
}
