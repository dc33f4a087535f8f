import type { Request } from 'express'
import { z } from 'zod'

/** How a preview may be shown. */
export const PREVIEW_VIEWS = ['desktop', 'phone', 'dark', 'inverted', 'no-images', 'text'] as const
export type PreviewView = (typeof PREVIEW_VIEWS)[number]

/** What of a composer is open: a block or the details, where a block is being added, how the preview is shown and for whom. */
export type ComposerState = {
  edit: string | null
  add: number | null
  view: PreviewView
  as: string | null
}

const State = z.object({
  edit: z
    .union([z.uuid(), z.literal('details')])
    .nullable()
    .catch(null),
  add: z.coerce.number().int().min(0).max(1000).nullable().catch(null),
  view: z.enum(PREVIEW_VIEWS).catch('desktop'),
  as: z.uuid().nullable().catch(null),
})

/** The state that a request carries in its address, or in the hidden fields of its form. */
export function composerState(req: Request): ComposerState {
  const given = req.method === 'POST' ? req.body : req.query
  const { edit, add, view, as } = (given ?? {}) as Record<string, unknown>
  return State.parse({ edit, add: add === undefined ? null : add, view, as })
}

/** The address of a composer in a state; `edit` jumps to what is open. */
export function composerPath(issueId: string, state: Partial<ComposerState>): string {
  const query = new URLSearchParams()
  if (state.edit) query.set('edit', state.edit)
  if (state.add !== null && state.add !== undefined) query.set('add', String(state.add))
  if (state.view && state.view !== 'desktop') query.set('view', state.view)
  if (state.as) query.set('as', state.as)
  const text = query.size > 0 ? `?${query}` : ''
  const place = state.edit ? `#${state.edit === 'details' ? 'details' : `block-${state.edit}`}` : ''
  return `/issues/${issueId}${text}${place}`
}
