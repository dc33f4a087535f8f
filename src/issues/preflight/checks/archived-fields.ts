import { usedFields } from '../author-texts.js'
import type { Check } from '../subject.js'

/** Merge fields whose field is in the archive: they still work, but fewer and fewer readers have a value. */
export const archivedFields: Check = ({ texts, archivedFields: keys }) =>
  usedFields(texts, keys).map(({ name, blockId, field }) => ({
    severity: 'warning',
    blockId,
    field,
    message: `The field ${name} is in the archive: forms no longer ask for it. Use another one, or take it back in Settings, Fields.`,
  }))
