import type { Field } from '../../../../db/tables/field.js'
import { TARGET_LABELS, type Target } from '../../../audience/import/columns/target.js'
import type { ImportRecord } from '../../../audience/import/imports.js'
import type { ShownFile } from '../../../audience/import/preview-import.js'
import { delimiterOptions, ENCODING_OPTIONS, STANDING_OPTIONS } from './file-form.js'

export const STATUS_WORDS: Readonly<Record<ImportRecord['status'], string>> = {
  draft: 'not started',
  checking: 'being tried',
  running: 'under way',
  finished: 'finished',
  stopped: 'stopped',
  failed: 'could not go on',
}

/** How far an import has come, in numbers and words; shown live and at the end. */
export function importView(one: ImportRecord) {
  const { added, updated, unchanged, refused, staged, is_read: isRead, status } = one
  const done = added + updated + unchanged + refused
  const isTrial = status === 'checking'
  return {
    id: one.id,
    status,
    words: STATUS_WORDS[status],
    done,
    total: isRead ? staged : null,
    percent: isRead && staged > 0 ? Math.floor((100 * done) / staged) : null,
    isOpen: status === 'running' || isTrial,
    isTrial,
    rows: countRows({ added, updated, unchanged, refused }, isTrial),
  }
}

/** The four counts with their words. */
export function countRows(
  counts: Record<'added' | 'updated' | 'unchanged' | 'refused', number>,
  isTrial: boolean,
) {
  return [
    { label: isTrial ? 'New' : 'Added', count: counts.added, icon: 'user-plus', tone: 'text-success' },
    {
      label: isTrial ? 'Would change' : 'Updated',
      count: counts.updated,
      icon: 'user-pen',
      tone: 'text-info',
    },
    { label: 'Unchanged', count: counts.unchanged, icon: 'user-check', tone: 'text-base-content/70' },
    { label: 'Refused', count: counts.refused, icon: 'user-x', tone: 'text-error' },
  ]
}

/** What a draft's page shows of its files: each column with what it holds and an example, and the first rows. */
export function filesView(files: readonly ShownFile[], fields: readonly Field[]) {
  const seen = new Set<string>()
  return files.map((file, no) => {
    const columns = file.header.map((name, at) => ({
      name,
      target: file.targets[at] ?? 'skip',
      label: labelOf(file.targets[at] ?? 'skip', fields),
      example: file.rows.map(({ cells }) => cells[at]?.trim()).find(Boolean) ?? '',
      isFirst: !seen.has(name) && Boolean(seen.add(name)),
    }))
    const kept = columns.flatMap((column, at) => (column.target === 'skip' ? [] : [{ ...column, at }]))
    return {
      name: file.name,
      service: file.service,
      names: { standing: `standing:${no}`, encoding: `encoding:${no}`, delimiter: `delimiter:${no}` },
      isTaken: !file.isLeftOut,
      hasRows: file.header.length > 0,
      standing: file.standing,
      standings: STANDING_OPTIONS,
      encoding: file.encoding,
      encodings: ENCODING_OPTIONS,
      isEightBit: file.encoding.startsWith('windows'),
      delimiter: file.delimiter,
      delimiters: delimiterOptions(file.delimiter),
      columns: columns.filter(({ isFirst }) => isFirst),
      kept: kept.map(({ label }) => label),
      rows: file.rows.map(({ line, cells, problem }) => ({
        line,
        problem,
        cells: kept.map(({ at }) => (cells[at] ?? '').slice(0, 80)),
      })),
    }
  })
}

/** What a column may hold. */
export function targetOptions(fields: readonly Field[]) {
  return [
    ...Object.entries(TARGET_LABELS).map(([value, label]) => ({ value, label })),
    ...fields.map(({ key, label }) => ({ value: `field:${key}`, label })),
  ]
}

function labelOf(target: Target, fields: readonly Field[]): string {
  if (!target.startsWith('field:')) return TARGET_LABELS[target as keyof typeof TARGET_LABELS]
  return fields.find(({ key }) => `field:${key}` === target)?.label ?? target
}
