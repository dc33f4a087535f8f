import { z } from 'zod'
import { defineBlock, type Rule } from '../../../src/rendering/blocks/define-block.js'
import { address, day, line, rows } from '../../../src/rendering/blocks/fields.js'
import { link } from '../../../src/rendering/blocks/rules.js'
import { lines, paragraphs } from '../../../src/rendering/blocks/words.js'
import { plainAddress } from '../../../src/rendering/plain-address.js'

export const agenda = defineBlock({
  label: 'Agenda',
  icon: 'calendar-days',
  says: 'Dates and places of what comes',
  group: 'Events and people',
  schema: z.object({
    title: line('Heading over the dates'),
    entries: rows('Dates', {
      row: 'date',
      fields: {
        day: day('Day'),
        time: line('Time', { most: 60, isName: true, hint: 'Such as 9:30–16:00 CET.' }),
        title: line('What'),
        place: line('Where'),
        url: address('Link', { hint: 'To the programme or the registration.' }),
      },
    }),
  }),
  heading: ({ title }) => (title === '' ? null : 'section'),
  rules: ({ entries }) => [
    ['entries', entries.length === 0, 'Add at least one date.'],
    ...entries.flatMap((entry, index): Rule[] => [
      [`entries.${index}.day`, entry.day === '', 'Choose the day.'],
      [`entries.${index}.title`, entry.title === '', 'Say what takes place.'],
      link(`entries.${index}.url`, entry.url),
    ]),
  ],
  view: (content, { hide, level, language }) => {
    const title = hide.plain('title', content.title)
    const entries = content.entries.map((entry, index) => {
      const plain = (field: 'time' | 'title' | 'place' | 'url') =>
        hide.plain(`entries.${index}.${field}`, entry[field])
      const date = entry.day ? dayInWords(entry.day, language) : ''
      return {
        when: [date, plain('time')].filter(Boolean).join(', '),
        title: plain('title'),
        place: plain('place'),
        url: plain('url'),
      }
    })
    const texts = entries.map(({ when, title: what, place, url }) =>
      lines(when, what, place, plainAddress(url)),
    )
    return { data: { title, entries, level }, text: paragraphs(title, ...texts) }
  },
  summary: ({ title, entries }) =>
    [title, entries.length === 1 ? '1 date' : `${entries.length} dates`].filter(Boolean).join(' · '),
})

function dayInWords(date: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}
