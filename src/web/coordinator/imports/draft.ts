import type { Response } from 'express'
import { servicesWithoutLeavers } from '../../../audience/import/columns/without-leavers.js'
import { importFields } from '../../../audience/import/import-fields.js'
import type { ImportRecord } from '../../../audience/import/imports.js'
import { previewImport } from '../../../audience/import/preview-import.js'
import { lists } from '../../../audience/lists.js'
import type { Context } from '../../../context.js'
import { renderPage } from '../../page.js'
import { countRows, filesView, targetOptions } from './import-view.js'

type Typed = { form?: Readonly<Record<string, unknown>>; errors?: Readonly<Record<string, string>> }

/** The page of an import that has not begun: what its columns hold, the first rows, what it is to do, what a trial run has counted. */
export async function showDraft(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  res: Response,
  one: ImportRecord,
  { form, errors = {} }: Typed = {},
): Promise<void> {
  const [fields, known, files] = await Promise.all([
    importFields(db),
    lists({ db }),
    previewImport(db, one, clock.now()),
  ])
  renderPage(res, 'coordinator/imports/draft', {
    title: one.file_name,
    one,
    errors,
    form: { listId: one.list_id ?? '', source: one.source, existing: one.existing, ...form },
    files: filesView(files, fields),
    targets: targetOptions(fields),
    isZip: one.files.length > 1,
    silent: servicesWithoutLeavers(one.files).join(' and '),
    listOptions: [
      { value: '', label: 'Choose a list' },
      ...known.map(({ id, name }) => ({ value: id, label: name })),
    ],
    checked: one.checked && {
      rows: countRows(one.checked, true),
      refused: one.checked.refused,
    },
    existingOptions: EXISTING,
  })
}

const EXISTING = [
  { value: 'fill', label: 'Fill in what is empty' },
  { value: 'overwrite', label: 'Take what the file says' },
  { value: 'leave', label: 'Leave them as they are' },
]
