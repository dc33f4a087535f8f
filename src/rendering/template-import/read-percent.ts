import { type Meaning, NO_FILES, NO_LOOPS, unknown } from './meaning.js'
import { contactPath, readTests } from './read-expression.js'

const LOOPS =
  /^(for|with|block|macro|autoescape|filter|spaceless|capture|case|raw|verbatim|comment|tablerow|ifchanged|ifequal|ifnotequal)\b/i

/** What a statement of Brevo’s language or of Liquid, `{% … %}`, says. */
export function readPercent(written: string): Meaning {
  const inside = written.replace(/^[-~+]\s*|\s*[-~+]$/g, '').trim()
  const end = /^end\s*([a-z]+)$/i.exec(inside)
  if (end) return { kind: 'end', family: `percent ${end[1]?.toLowerCase()}` }
  if (/^else$/i.test(inside)) return { kind: 'else', group: 'percent' }
  const condition = /^(if|unless|elif|elsif|elseif|else if)\s+([\s\S]+)$/i.exec(inside)
  if (condition) return readCondition(condition[1]?.toLowerCase() ?? '', condition[2] ?? '')
  const loop = LOOPS.exec(inside)
  if (loop) return { kind: 'if', family: `percent ${loop[1]?.toLowerCase()}`, group: 'percent', tests: null }
  return unknown(
    /^(?:include|render)\b/i.test(inside)
      ? NO_FILES
      : /^(?:empty|cycle)\b/i.test(inside)
        ? NO_LOOPS
        : undefined,
  )
}

function readCondition(word: string, condition: string): Meaning {
  const tests = readTests(condition, contactPath)
  if (word === 'if') return { kind: 'if', family: 'percent if', group: 'percent', tests }
  if (word !== 'unless') return { kind: 'elif', group: 'percent', tests }
  const [only] = tests ?? []
  const opposite = only && tests?.length === 1 ? [{ ...only, holds: !only.holds }] : null
  return { kind: 'if', family: 'percent unless', group: 'percent', tests: opposite }
}
