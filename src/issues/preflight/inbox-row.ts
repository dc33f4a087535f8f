import type { RenderedEdition } from '../../rendering/compile-edition.js'

/** About what a phone held upright shows of each line in its list of mails; an estimate, for letters differ in width. */
const PHONE_LETTERS = { sender: 25, subject: 41, preheader: 85 } as const

/** A line of an inbox: what is seen, what is cut off, and how much. Letters are what a reader counts as one. */
export type CutLine = { shown: string; cut: string; letters: number; cutLetters: number }

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** How a mail stands in the list of mails on a phone. */
export function inboxRow(
  sender: string,
  { subject, preheader }: Pick<RenderedEdition, 'subject' | 'preheader'>,
): { sender: CutLine; subject: CutLine; preheader: CutLine } {
  return {
    sender: cutLine(sender, PHONE_LETTERS.sender),
    subject: cutLine(subject, PHONE_LETTERS.subject),
    preheader: cutLine(preheader, PHONE_LETTERS.preheader),
  }
}

/** Cuts a text after so many letters, between two of them. */
export function cutLine(text: string, most: number): CutLine {
  const all = [...letters.segment(text.replace(/\s+/g, ' ').trim())].map(({ segment }) => segment)
  const isCut = all.length > most
  return {
    shown: all.slice(0, most).join(''),
    cut: all.slice(most).join('').trim(),
    letters: all.length,
    cutLetters: isCut ? all.length - most : 0,
  }
}
