import {
  type ImportMove,
  type ImportStatus,
  importAfter,
  importsBefore,
} from '../../../src/audience/import/import-status.js'

const STATES: ImportStatus[] = ['draft', 'checking', 'running', 'finished', 'stopped', 'failed']
const TABLE: Record<ImportMove, [from: ImportStatus, to: ImportStatus][]> = {
  check: [['draft', 'checking']],
  checked: [['checking', 'draft']],
  recall: [['checking', 'draft']],
  start: [['draft', 'running']],
  finish: [['running', 'finished']],
  stop: [['running', 'stopped']],
  fail: [
    ['checking', 'failed'],
    ['running', 'failed'],
  ],
}

it.each(Object.entries(TABLE))('lets %s happen where it may and nowhere else', (name, moves) => {
  const move = name as ImportMove
  for (const state of STATES)
    expect(importAfter(state, move)).toBe(moves.find(([from]) => from === state)?.[1] ?? null)
  expect(importsBefore(move)).toEqual(moves.map(([from]) => from))
})
