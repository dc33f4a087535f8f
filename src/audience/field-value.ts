import { Temporal } from 'temporal-polyfill'
import type { Field } from '../../db/tables/field.js'

const VALUE_MAX = 500
const NUMBER = /^[+-]?\d{1,15}([.,]\d{1,9})?$/
const YES = new Set(['yes', 'true', '1', 'y', 'on'])
const NO = new Set(['no', 'false', '0', 'n', 'off'])

/**
 * Reads what was typed or imported for a field into the one text that is kept: a number as `42.5` (its sign may be a comma), a date as `2026-03-02`, yes or no as
 * such, a choice as it is spelled among the choices. Nothing typed is the empty text. Reading its own result gives it again.
 */
export function parseFieldValue(
  field: Pick<Field, 'type' | 'choices'>,
  text: string,
): { value: string } | { problem: string } {
  const typed = text.trim().normalize('NFC')
  if (typed === '') return { value: '' }
  if (typed.length > VALUE_MAX) return { problem: 'Keep this below 500 characters.' }
  // Half of a surrogate pair is no text: neither JSON of the database nor a mail can hold it.
  if (/[\p{Cc}\p{Cs}]/u.test(typed)) return { problem: 'Use a single line of plain text.' }
  switch (field.type) {
    case 'text':
      return { value: typed }
    case 'number':
      return numberOf(typed)
    case 'date':
      return dateOf(typed)
    case 'yes-no': {
      const word = typed.toLowerCase()
      if (YES.has(word)) return { value: 'yes' }
      return NO.has(word) ? { value: 'no' } : { problem: 'Answer yes or no.' }
    }
    case 'choice': {
      const same = (choice: string) => choice.toLowerCase() === typed.toLowerCase()
      const value = field.choices.find((choice) => choice === typed) ?? field.choices.find(same)
      return value === undefined ? { problem: `Choose one of: ${field.choices.join(', ')}.` } : { value }
    }
  }
}

function numberOf(typed: string): { value: string } | { problem: string } {
  if (!NUMBER.test(typed)) return { problem: 'Write a number such as 42 or 3.5.' }
  const [whole = '', parts = ''] = typed.replace(/^[+-]/, '').split(/[.,]/)
  const fraction = parts.replace(/0+$/, '')
  const digits = whole.replace(/^0+(?=\d)/, '') + (fraction ? `.${fraction}` : '')
  return { value: typed.startsWith('-') && digits !== '0' ? `-${digits}` : digits }
}

function dateOf(typed: string): { value: string } | { problem: string } {
  const problem = 'Write a date as year-month-day, such as 2026-03-02.'
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return { problem }
  try {
    return { value: Temporal.PlainDate.from(typed, { overflow: 'reject' }).toString() }
  } catch {
    return { problem }
  }
}
