import type { Import } from '../../../db/tables/import.js'

export type ImportStatus = Import['status']

/** What can happen to an import: it is tried without changes to its end or not, started, comes to its end, is stopped, or cannot go on. */
export type ImportMove = 'check' | 'checked' | 'recall' | 'start' | 'finish' | 'stop' | 'fail'

const MOVES: Record<ImportMove, { from: ImportStatus[]; to: ImportStatus }> = {
  check: { from: ['draft'], to: 'checking' },
  checked: { from: ['checking'], to: 'draft' },
  recall: { from: ['checking'], to: 'draft' },
  start: { from: ['draft'], to: 'running' },
  finish: { from: ['running'], to: 'finished' },
  stop: { from: ['running'], to: 'stopped' },
  fail: { from: ['checking', 'running'], to: 'failed' },
}

/** The states that a move may leave, for the where clause of its update. */
export function importsBefore(move: ImportMove): readonly ImportStatus[] {
  return MOVES[move].from
}

/** The state after a move, or null when the move changes nothing from there. */
export function importAfter(status: ImportStatus, move: ImportMove): ImportStatus | null {
  return MOVES[move].from.includes(status) ? MOVES[move].to : null
}
