import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { projectRoot } from '../project-root.js'
import { formatTime } from './local-time.js'

const ICONS = join(projectRoot, 'node_modules/lucide-static/icons')
const icons = new Map<string, string>()

type Options = { hash: Record<string, unknown>; data?: { root?: { account?: { timeZone: string } } } }

/** The helpers that pages may use; all of them only format. */
export const viewHelpers = {
  /** `{{icon "send" class="size-4"}}`: a Lucide icon, hidden from screen readers. */
  icon: (name: string, { hash }: Options) => {
    const css = Handlebars.escapeExpression(String(hash['class'] ?? 'size-5'))
    return new Handlebars.SafeString(
      `<svg class="${css} shrink-0" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${iconBody(name)}</svg>`,
    )
  },
  /** `{{time sent_at}}`: an absolute time in the account's time zone, machine-readable too. */
  time: (moment: Date | null | undefined, { data }: Options) => {
    if (!moment) return ''
    const shown = formatTime(moment, data?.root?.account?.timeZone ?? 'UTC')
    return new Handlebars.SafeString(`<time datetime="${moment.toISOString()}">${shown}</time>`)
  },
  /** `{{day "2026-03-02"}}`: a calendar day in words. */
  day: (day: string) =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(
      new Date(`${day}T00:00Z`),
    ),
  /** `{{count 5040}}`: 5,040. */
  count: (value: number) => new Intl.NumberFormat('en-GB').format(value),
  /** `{{many n "issue" "issues"}}`: "1 issue", "5,040 issues". */
  many: (value: number, one: string, more: string) =>
    `${new Intl.NumberFormat('en-GB').format(value)} ${value === 1 ? one : more}`,
  /** `{{say m.confirm.question address=maskedEmail}}`: a message of the catalogue with its placeholders filled, each of them strong. */
  say: (message: string, { hash }: Options) =>
    new Handlebars.SafeString(
      Handlebars.escapeExpression(message).replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = hash[name]
        return value === undefined ? whole : `<strong>${Handlebars.escapeExpression(String(value))}</strong>`
      }),
    ),
  /** `{{join "/issues/" id}}`: its parts as one text. */
  join: (...parts: unknown[]) => parts.slice(0, -1).join(''),
  eq: (a: unknown, b: unknown) => a === b,
  or: (a: unknown, b: unknown) => a || b,
  and: (a: unknown, b: unknown) => a && b,
}

function iconBody(name: string): string {
  const known = icons.get(name)
  if (known !== undefined) return known
  const svg = readFileSync(join(ICONS, `${name}.svg`), 'utf8')
  const body = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
  const tight = body.replace(/\s*\n\s*/g, '')
  icons.set(name, tight)
  return tight
}
