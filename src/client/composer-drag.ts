import Sortable, { type SortableEvent } from 'sortablejs'
import { moveInDraft } from './composer-move.js'

const DRAGGABLE = '[data-block], [data-kind], [data-news-item]'
const HOLD_MS = 180

const COMMON: Sortable.Options = {
  animation: 120,
  // Drawn by the library itself, so that fingers drag as the mouse does.
  forceFallback: true,
  fallbackOnBody: true,
  fallbackTolerance: 4,
  fallbackClass: 'dragged',
  ghostClass: 'drop-place',
  delay: HOLD_MS,
  delayOnTouchOnly: true,
  filter: 'input, textarea, select, .rich-text',
  preventOnFilter: false,
  onStart: () => document.body.classList.add('is-dragging'),
  onEnd: () => {
    document.body.classList.remove('is-dragging')
    // Nothing may be left of it for the next page to inherit.
    for (const still of document.querySelectorAll('.composer-frame [style=""]'))
      still.removeAttribute('style')
  },
}

/**
 * Lets blocks be dragged in the outline, kinds of blocks and news items from the library into it, and news items within and between the
 * blocks that list them. Each drop is one change of the draft; the server draws what came of it.
 */
export function startDragging(root: ParentNode): void {
  for (const outline of root.querySelectorAll<HTMLElement>('#outline')) sortBlocks(outline)
  for (const list of root.querySelectorAll<HTMLElement>('[data-news-in]')) sortNews(list)
  for (const items of root.querySelectorAll<HTMLElement>('[data-library-items]')) lend(items, 'news')
  for (const palette of root.querySelectorAll<HTMLElement>('[data-palette]')) lend(palette, 'kinds')
}

function sortBlocks(outline: HTMLElement): void {
  outline.dataset['sortable'] = ''
  Sortable.create(outline, {
    ...COMMON,
    group: { name: 'blocks', put: ['kinds', 'news'] },
    handle: '[data-grip]',
    draggable: DRAGGABLE,
    // The footer stays last.
    onMove: ({ dragged, related, willInsertAfter }) =>
      !('locked' in dragged.dataset) && !('locked' in related.dataset && willInsertAfter),
    onUpdate: ({ item }) => {
      moveInDraft(`/blocks/${item.dataset['block']}/position`, { position: placeOf(item) })
    },
    onAdd: ({ item, from }) => {
      const { kind, newsItem } = item.dataset
      const position = placeOf(item)
      if (kind) return moveInDraft('/blocks', { kind, position })
      moveInDraft('/library', { item: newsItem, from: blockOf(from), position })
    },
  })
}

function sortNews(list: HTMLElement): void {
  const place = ({ item, from, to }: SortableEvent) =>
    moveInDraft('/library', {
      item: item.dataset['newsItem'],
      from: blockOf(from),
      into: blockOf(to),
      index: placeOf(item),
    })
  Sortable.create(list, {
    ...COMMON,
    group: { name: 'news', put: ['news'] },
    draggable: '[data-news-item]',
    onUpdate: place,
    onAdd: place,
  })
}

// What is dragged out of the library stays in it.
function lend(shelf: HTMLElement, name: 'news' | 'kinds'): void {
  shelf.dataset['sortable'] = ''
  Sortable.create(shelf, {
    ...COMMON,
    sort: false,
    draggable: '[data-news-item], [data-kind]',
    group: { name, pull: 'clone', put: false },
  })
}

// Sortable counts with what may be dragged where it comes from.
function placeOf(item: HTMLElement): number {
  const all = [...(item.parentElement?.children ?? [])].filter((one) => one.matches(DRAGGABLE))
  return all.indexOf(item)
}

function blockOf(list: HTMLElement): string | undefined {
  return list.dataset['newsIn']
}
