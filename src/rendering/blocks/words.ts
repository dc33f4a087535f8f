import { directionOf } from '../direction.js'
import type { NewsContent } from './define-block.js'

/** Lines under one another, without the empty ones. */
export function lines(...parts: string[]): string {
  return parts.filter(Boolean).join('\n')
}

/** Paragraphs with a blank line between them, without the empty ones. */
export function paragraphs(...parts: string[]): string {
  return parts.filter(Boolean).join('\n\n')
}

/** The language and direction of a news item's words where they differ from the issue's. */
export function foreign(
  item: NewsContent | undefined,
  language: string,
): { lang: string; dir: string } | null {
  if (!item?.language || item.language.toLowerCase() === language.toLowerCase()) return null
  return { lang: item.language, dir: directionOf(item.language) }
}

const SUMMARY_LENGTH = 120

/** The beginning of a rich text as plain words. */
export function wordsOf(html: string): string {
  const words = html
    .replace(/(?:<<|&lt;&lt;)(.+?)(?:>>|&gt;&gt;)/g, '{{ $1 }}')
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, '’')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
  return words.length > SUMMARY_LENGTH ? `${words.slice(0, SUMMARY_LENGTH)}…` : words
}

/** Whether a rich text has no words. */
export function isEmptyRich(html: string): boolean {
  return html.replace(/<[^>]*>|&nbsp;|\s/g, '') === ''
}
