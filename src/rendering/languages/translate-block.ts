import type { Block } from '../blocks.js'
import { mailWordsIn } from './mail-words.js'
import { type TextPlace, textPlaces } from './text-places.js'

/** A text of a block in another language, with the words that it was made from. */
export type Translation = { path: string; source: string; text: string }

/** How a text is said; `isOutdated`: its original has changed since. */
export type Said = { text: string; isOutdated: boolean }

/** A block with every text that is known in a language said so; everything else stays as it is. */
export function translateBlock(
  block: Block,
  { language, translations }: { language: string; translations: readonly Translation[] },
): Block {
  const content = structuredClone(block.content) as Record<string, unknown>
  const places = textPlaces(block)
  for (const place of places) {
    const text = saidAt(place, { places, translations })?.text ?? mailWordsIn(language, place.source)
    if (text) put(content, place.path.split('.'), text)
  }
  return { ...block, content } as Block
}

/**
 * How a text is said: what was made from these very words, here or in another row (rows move), else what was made from other words that
 * stood here; null where nothing is known.
 */
export function saidAt(
  place: TextPlace,
  { places, translations }: { places: readonly TextPlace[]; translations: readonly Translation[] },
): Said | null {
  const ofThese = translations.filter(
    ({ path, source }) => isSameField(path, place.path) && isSameText(source, place.source),
  )
  const exact = ofThese.find(({ path }) => path === place.path) ?? ofThese[0]
  if (exact) return { text: exact.text, isOutdated: false }
  const before = translations.find(({ path, source }) => {
    const belongsElsewhere = places.some(
      (other) => isSameField(path, other.path) && isSameText(source, other.source),
    )
    return path === place.path && !belongsElsewhere
  })
  return before ? { text: before.text, isOutdated: true } : null
}

// Which row it stands in does not matter.
function isSameField(one: string, other: string): boolean {
  return withoutRow(one) === withoutRow(other)
}

function withoutRow(path: string): string {
  return path.replace(/\.\d+\./, '.*.')
}

// An editor may write the same words with other tags.
function isSameText(one: string, other: string): boolean {
  return one === other || wordsOnly(one) === wordsOnly(other)
}

function wordsOnly(source: string): string {
  return source
    .replace(/<<|&lt;&lt;/g, '{{')
    .replace(/>>|&gt;&gt;/g, '}}')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function put(content: Record<string, unknown>, path: readonly string[], text: string): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) content[name] = text
  else put(content[name] as Record<string, unknown>, rest, text)
}
