import type { Block } from './blocks.js'
import type { Problem } from './issue-content.js'

type Rule = [field: string, broken: boolean, message: string, severity?: Problem['severity']]

/** What is still missing from a block, or would not work in a mail. */
export function checkBlock(block: Block): Problem[] {
  return rulesFor(block)
    .filter(([, broken]) => broken)
    .map(([field, , message, severity = 'error']) => {
      return { severity, blockId: block.id, field, line: null, column: null, message }
    })
}

function rulesFor(block: Block): Rule[] {
  switch (block.kind) {
    case 'masthead':
      return [
        ['name', block.content.name === '', 'Say whose newsletter this is.'],
        [
          'logoAlt',
          block.content.logoUrl !== '' && block.content.logoAlt === '',
          'Describe the logo for people who do not see it.',
        ],
        ['logoUrl', !isLink(block.content.logoUrl), NOT_A_LINK],
      ]
    case 'heading':
      return [['text', block.content.text === '', 'This heading is empty.']]
    case 'lead-story':
      return [
        [
          'title',
          !block.content.newsItemId && block.content.title === '',
          'Choose a news item or write a title.',
        ],
        ['url', !isLink(block.content.url), NOT_A_LINK],
        ['imageUrl', !isLink(block.content.imageUrl), NOT_A_LINK],
        ['imageAlt', block.content.imageUrl !== '' && block.content.imageAlt === '', DESCRIBE],
        ['linkLabel', block.content.linkLabel === '', 'Give the link a text, such as “Read more”.'],
      ]
    case 'text':
      return [
        [
          'html',
          block.content.html.replace(/<[^>]*>|&nbsp;|\s/g, '') === '',
          'This text is empty.',
          'warning',
        ],
      ]
    case 'news-list':
      return [
        ['newsItemIds', block.content.newsItemIds.length === 0, 'Choose the news items for this list.'],
        ['linkLabel', block.content.linkLabel === '', 'Give the links a text, such as “Read more”.'],
      ]
    case 'button':
      return [
        ['label', block.content.label === '', 'Give the button a text.'],
        ['url', block.content.url === '' || !isLink(block.content.url), NOT_A_LINK],
      ]
    case 'image':
      return imageRules(block.content)
    case 'closing':
      return [['url', !isLink(block.content.url), NOT_A_LINK]]
    case 'footer':
      return footerRules(block.content)
    case 'divider':
    case 'mjml':
      return []
  }
}

const NOT_A_LINK = 'Links start with https://, http:// or mailto:, or are a merge field.'
const DESCRIBE = 'Describe the picture, or mark it as decoration.'

function imageRules(content: Extract<Block, { kind: 'image' }>['content']): Rule[] {
  return [
    ['url', content.url === '' || !isLink(content.url), NOT_A_LINK],
    ['alt', content.alt === '' && !content.decorative, DESCRIBE],
    ['alt', content.alt === '' && content.linkUrl !== '', 'A linked picture needs a description.'],
    ['linkUrl', !isLink(content.linkUrl), NOT_A_LINK],
  ]
}

function footerRules(content: Extract<Block, { kind: 'footer' }>['content']): Rule[] {
  const namesReader = /contact\.email/i.test(content.sentTo)
  return [
    ['sentTo', !namesReader, 'The footer must name the reader’s address: keep {{ contact.EMAIL }} in it.'],
    ['reason', content.reason === '', 'Say why people get this mail.'],
    ['organisation', content.organisation === '', 'Name the organisation that sends this.'],
    ['address', content.address === '', 'Add the postal address of the sender.', 'warning'],
    ['unsubscribeLabel', content.unsubscribeLabel === '', 'The unsubscribe link needs a text.'],
    ['preferencesLabel', content.preferencesLabel === '', 'The preferences link needs a text.'],
    ['webviewLabel', content.webviewLabel === '', 'The browser link needs a text.'],
    ['fundingStatement', content.fundingStatement === '', 'The funding statement is missing.'],
    ['emblemUrl', !isLink(content.emblemUrl), NOT_A_LINK],
    ['emblemAlt', content.emblemUrl !== '' && content.emblemAlt === '', DESCRIBE],
  ]
}

/** Empty, a web or mail address, a place in the page, or something that a merge field fills. */
function isLink(url: string): boolean {
  return url === '' || /^(https?:\/\/[^\s]+|mailto:[^\s]+|#.*|(<<|\{\{|&lt;&lt;).+)$/i.test(url)
}
