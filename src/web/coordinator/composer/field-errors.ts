import type { Finding } from '../../../issues/preflight/finding.js'

/** What the checks want mended in a block, by its fields; mere hints stand with the checks only. */
export function fieldErrors(findings: readonly Finding[], blockId: string): Record<string, string> {
  const errors = findings.filter((finding) => finding.blockId === blockId && finding.severity === 'error')
  return Object.fromEntries(errors.map(({ field, message }) => [field ?? '', message]))
}
