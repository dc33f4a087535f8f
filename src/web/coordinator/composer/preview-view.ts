import type { Context } from '../../../context.js'
import type { Preview } from '../../../issues/preview-issue.js'
import { type ComposerState, composerPath, PREVIEW_VIEWS, type PreviewView } from './composer-state.js'

type KnownReader = { id: string; email: string }
type Shown = {
  issueId: string
  state: ComposerState
  readers: readonly KnownReader[]
  chosen: KnownReader | null
}

const VIEW_NAMES: Readonly<Record<PreviewView, { label: string; icon: string; says: string }>> = {
  desktop: { label: 'Desktop', icon: 'monitor', says: 'On a wide screen' },
  phone: { label: 'Phone', icon: 'smartphone', says: 'On a phone' },
  dark: { label: 'Dark', icon: 'moon', says: 'As designed for dark screens' },
  inverted: {
    label: 'Inverted',
    icon: 'contrast',
    says: 'As programs show it that turn the colours round themselves',
  },
  'no-images': { label: 'No pictures', icon: 'image-off', says: 'With pictures switched off' },
  text: { label: 'Plain text', icon: 'file-text', says: 'The text part' },
}

/** What the preview of a composer shows, and how else it can be shown. */
export function previewView(preview: Preview, { issueId, state, readers, chosen }: Shown) {
  return {
    subject: preview.subject,
    preheader: preview.preheader,
    src: previewPath(issueId, state, chosen?.id ?? null),
    text: preview.text,
    tabs: PREVIEW_VIEWS.map((view) => ({
      ...VIEW_NAMES[view],
      href: composerPath(issueId, { ...state, add: null, view }),
      isCurrent: state.view === view,
    })),
    readers: offered(readers, chosen).map(({ id, email }) => ({ id, email, isChosen: id === state.as })),
  }
}

/** The frame's address; it begins at the block that is open. */
function previewPath(issueId: string, { view, edit }: ComposerState, as: string | null): string {
  const query = new URLSearchParams()
  if (as) query.set('as', as)
  if (view === 'dark' || view === 'inverted' || view === 'no-images') query.set('look', view)
  const place = edit && edit !== 'details' ? `#block-${edit}` : ''
  return `/issues/${issueId}/preview${query.size > 0 ? `?${query}` : ''}${place}`
}

/** The reader that a composer's address names; a bookmark may name somebody who has been removed since, then nobody. */
export async function knownReader(
  { db }: Pick<Context, 'db'>,
  id: string | null,
): Promise<KnownReader | null> {
  if (!id) return null
  const reader = await db
    .selectFrom('subscriber')
    .select(['id', 'email'])
    .where('id', '=', id)
    .executeTakeFirst()
  return reader ?? null
}

function offered(readers: readonly KnownReader[], chosen: KnownReader | null): readonly KnownReader[] {
  return !chosen || readers.some(({ id }) => id === chosen.id) ? readers : [chosen, ...readers]
}
