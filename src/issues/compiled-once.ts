import { createHash } from 'node:crypto'
import { type CompiledEdition, compileEdition } from '../rendering/compile-edition.js'
import type { IssueContent } from '../rendering/issue-content.js'

/** As many as a few issues that are being written have editions; some hundred KB each. */
const MOST_KEPT = 32

const kept = new Map<string, Promise<CompiledEdition>>()

/**
 * Compiles an edition, or gives the one that was compiled last from the very same content: while somebody writes in one language, the
 * others cost nothing. What it gives is shared and must not be changed.
 */
export function compiledOnce(content: IssueContent): Promise<CompiledEdition> {
  const key = createHash('sha256').update(JSON.stringify(content)).digest('base64url')
  const compiled = kept.get(key) ?? compileEdition(content)
  // What was asked for last is forgotten last.
  kept.delete(key)
  kept.set(key, compiled)
  compiled.catch(() => kept.delete(key))
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break
    kept.delete(oldest)
  }
  return compiled
}
