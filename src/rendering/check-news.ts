import type { Block } from './blocks.js'
import type { IssueContent, Problem } from './issue-content.js'

/** What is wrong with the news items that a block shows: gone from the library, or a picture without a description. */
export function checkNews(block: Block, newsItems: IssueContent['newsItems']): Problem[] {
  const problem = (field: string, message: string): Problem => {
    return { severity: 'error', blockId: block.id, field, line: null, column: null, message }
  }
  if (block.kind === 'lead-story' && block.content.newsItemId) {
    const item = newsItems[block.content.newsItemId]
    if (!item) return [problem('newsItemId', GONE)]
    const undescribed = block.content.imageUrl === '' && item.imageUrl !== ''
    if (undescribed && !(block.content.imageAlt || item.imageAlt))
      return [problem('imageAlt', 'Describe the picture of this news item.')]
  }
  if (block.kind === 'news-list') {
    const gone = block.content.newsItemIds.filter((id) => !newsItems[id]).length
    if (gone > 0) return [problem('newsItemIds', goneFromList(gone))]
  }
  return []
}

const GONE =
  'The news item of this story is no longer in the library. Choose another one or remove this block.'

function goneFromList(count: number): string {
  return count === 1
    ? 'One news item of this list is no longer in the library. Take it out or choose another one.'
    : `${count} news items of this list are no longer in the library. Take them out or choose others.`
}
