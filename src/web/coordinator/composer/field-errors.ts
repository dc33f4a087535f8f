import type { Finding } from '../../../issues/preflight/finding.js'

/** How many errors the checks find in a block. */
export function errorCount(findings: readonly Finding[], blockId: string): number {
  return findings.filter((finding) => finding.blockId === blockId && finding.severity === 'error').length
}

/** What the checks want mended in a block, by its fields; mere hints stand with the checks only. */
export function fieldErrors(findings: readonly Finding[], blockId: string): Record<string, string> {
  const errors = findings.filter((finding) => finding.blockId === blockId && finding.severity === 'error')
  return Object.fromEntries(errors.map(({ field, message }) => [field ?? '', message]))
}
