import type { MailFacts } from '../background/facts.js'

type Spam = NonNullable<MailFacts['spam']>

const TOTAL = /\((-?\d+(?:\.\d+)?) points?, (-?\d+(?:\.\d+)?) required\)/
const RULE = /^\s{0,3}(-?\d+(?:\.\d+)?) ([A-Z][A-Z0-9_]+)\s+(.*)$/

/** Reads the report that SpamAssassin appends with `--test-mode`: the score, what counts as spam, the rules; null when there is none. */
export function readReport(output: string): Spam | null {
  const start = output.lastIndexOf('Content analysis details:')
  if (start < 0) return null
  const [, score, required] = TOTAL.exec(output.slice(start)) ?? []
  if (score === undefined || required === undefined) return null
  const rules: Spam['rules'] = []
  for (const line of output.slice(start).split(/\r?\n/)) {
    const [, points, name, says] = RULE.exec(line) ?? []
    if (points !== undefined && name !== undefined)
      rules.push({ points: Number(points), name, says: (says ?? '').trim() })
    // A long description goes on below, indented.
    else if (/^\s{20,}\S/.test(line) && !/^\s*-+/.test(line)) {
      const last = rules.at(-1)
      if (last) last.says = `${last.says} ${line.trim()}`.trim()
    }
  }
  return { score: Number(score), required: Number(required), rules }
}
