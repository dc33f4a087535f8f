import { z } from 'zod'
import { defineBlock } from '../../../src/rendering/blocks/define-block.js'
import { address, choice, line, rows } from '../../../src/rendering/blocks/fields.js'
import { neededLink } from '../../../src/rendering/blocks/rules.js'
import { lines, paragraphs } from '../../../src/rendering/blocks/words.js'
import { startingWords } from '../../../src/rendering/languages/mail-words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'

const NETWORKS = [
  'LinkedIn',
  'Facebook',
  'Instagram',
  'YouTube',
  'Mastodon',
  'Bluesky',
  'X',
  'Flickr',
  'Website',
] as const

export const social = defineBlock({
  label: 'Social links',
  icon: 'share-2',
  says: 'Where else you can be followed',
  group: 'Events and people',
  schema: z.object({
    title: line('Words before the links', { initial: startingWords.followUs }),
    places: rows('Places', {
      row: 'place',
      most: 12,
      fields: {
        network: choice(
          'Where',
          NETWORKS.map((name) => [name, name] as [typeof name, string]),
        ),
        url: address('Address of your page'),
      },
    }),
  }),
  rules: ({ places }) => [
    ['places', places.length === 0, 'Add at least one place.'],
    ...places.map(({ url }, index) => neededLink(`places.${index}.url`, url)),
  ],
  view: (content, { hide }) => {
    const title = hide.plain('title', content.title)
    const places = content.places.map(({ network, url }, index) => ({
      network,
      url: hide.plain(`places.${index}.url`, url),
    }))
    const texts = places.map(({ network, url }) => lines(network, plainAddress(url)))
    return { data: { title, places }, text: paragraphs(title, ...texts) }
  },
  summary: ({ places }) => places.map(({ network }) => network).join(', ') || 'No place yet',
})
