import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { alt, line, pictureAddress } from '../../../src/rendering/blocks/fields.js'
import { picture } from '../../../src/rendering/blocks/rules.js'
import { lines, paragraphs } from '../../../src/rendering/blocks/words.js'
import { startingWords } from '../../../src/rendering/languages/mail-words.js'

export const footer = defineBlock({
  label: 'Footer',
  icon: 'panel-bottom',
  says: 'Who sends, why, and the way out',
  // Every issue has one already.
  group: null,
  schema: z.object({
    sentTo: line('Sent to', {
      initial: startingWords.sentTo,
      hint: 'Must keep {{ contact.EMAIL }}, the reader’s own address.',
    }),
    reason: line('Why people get this', { most: 1000 }),
    organisation: line('Who sends', { isName: true }),
    address: line('Postal address', { most: 500, isName: true }),
    unsubscribeLabel: line('Text of the unsubscribe link', { most: 100, initial: startingWords.unsubscribe }),
    webviewLabel: line('Text of the browser link', { most: 100, initial: startingWords.webview }),
    preferencesLabel: line('Text of the preferences link', { most: 100, initial: startingWords.preferences }),
    copyright: line('Copyright', { most: 500, isName: true }),
    fundingStatement: line('Funding statement', { most: 1000 }),
    emblemUrl: pictureAddress('Address of the funder’s emblem', 'emblemAlt'),
    emblemAlt: alt('What the emblem shows'),
  }),
  rules: (content) => [
    [
      'sentTo',
      !/contact\.email/i.test(content.sentTo),
      'The footer must name the reader’s address: keep {{ contact.EMAIL }} in it.',
    ],
    ['reason', content.reason === '', 'Say why people get this mail.'],
    ['organisation', content.organisation === '', 'Name the organisation that sends this.'],
    ['address', content.address === '', 'Add the postal address of the sender.', 'warning'],
    ['unsubscribeLabel', content.unsubscribeLabel === '', 'The unsubscribe link needs a text.'],
    ['preferencesLabel', content.preferencesLabel === '', 'The preferences link needs a text.'],
    ['webviewLabel', content.webviewLabel === '', 'The browser link needs a text.'],
    ['fundingStatement', content.fundingStatement === '', 'The funding statement is missing.'],
    ...picture('emblemUrl', content.emblemUrl, { altField: 'emblemAlt', alt: content.emblemAlt }),
  ],
  view: (content, { hide }) => {
    const plain = (field: keyof typeof content) => hide.plain(field, content[field])
    const data = {
      sentTo: plain('sentTo'),
      reason: plain('reason'),
      organisation: plain('organisation'),
      address: plain('address'),
      unsubscribeLabel: plain('unsubscribeLabel'),
      webviewLabel: plain('webviewLabel'),
      preferencesLabel: plain('preferencesLabel'),
      copyright: plain('copyright'),
      fundingStatement: plain('fundingStatement'),
      emblemUrl: content.emblemUrl,
      emblemAlt: content.emblemAlt,
      unsubscribeUrl: hide.plain('sentTo', '{{ links.UNSUBSCRIBE }}'),
      webviewUrl: hide.plain('sentTo', '{{ links.WEBVIEW }}'),
      preferencesUrl: hide.plain('sentTo', '{{ links.PREFERENCES }}'),
    }
    const links = [
      lines(data.unsubscribeLabel, data.unsubscribeUrl),
      lines(data.preferencesLabel, data.preferencesUrl),
      lines(data.webviewLabel, data.webviewUrl),
    ]
    const sender = lines(data.organisation, data.address)
    const rights = lines(data.copyright, data.fundingStatement)
    return { data, text: paragraphs('--', data.sentTo, data.reason, sender, ...links, rights) }
  },
  summary: ({ organisation }) => organisation,
})
