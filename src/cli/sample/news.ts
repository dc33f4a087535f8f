import type { NewsItemInput } from '../../news/news-item-form.js'

const SITE = 'https://makers-quarter.example'

type Story = { title: string; summary: string; region: string; day: string; path: string }

const STORIES: readonly Story[] = [
  {
    title: 'Five regional plans are ready to read',
    summary:
      'Galway, Tartu, Matosinhos, Plzeň and Chania have each agreed how they will help small creative firms over the next three years. All five plans are now public, with their budgets.',
    region: 'All regions',
    day: '2026-02-24',
    path: 'plans',
  },
  {
    title: 'What an open day in Tartu taught us about studio rent',
    summary:
      'Landlords, ceramicists and the city planner sat at one table for an afternoon. The result is a simple rental contract for empty shops that anybody may copy.',
    region: 'Tartu',
    day: '2026-02-19',
    path: 'tartu-open-day',
  },
  {
    title: 'Working together when nobody could travel',
    summary:
      'For eleven months our partners met on screens only. We kept a diary of what worked, what did not, and which habits we are keeping now that trains run again.',
    region: 'All regions',
    day: '2026-02-12',
    path: 'remote-diary',
  },
  {
    title: 'Galway lends its theatre workshop to young carpenters',
    summary: 'Every Monday the set builders’ hall is open to apprentices from four schools.',
    region: 'Galway',
    day: '2026-02-09',
    path: 'galway-workshop',
  },
  {
    title: 'Matosinhos: a fish market by day, a stage by night',
    summary: 'Forty evenings of music brought new guests to the stalls that stay open late.',
    region: 'Matosinhos',
    day: '2026-02-03',
    path: 'matosinhos-stage',
  },
  {
    title: 'Plzeň opens a sewing library',
    summary: 'Industrial machines can now be borrowed by the hour, with a tailor at hand.',
    region: 'Plzeň',
    day: '2026-01-29',
    path: 'plzen-sewing-library',
  },
  {
    title: 'Chania counts its festival visitors, and what they buy',
    summary: 'A light-weight survey shows where the money of a summer weekend really goes.',
    region: 'Chania',
    day: '2026-01-26',
    path: 'chania-survey',
  },
  {
    title: 'Two vouchers, one application form',
    summary: 'Small firms in Tartu ask for design and export help in a single step.',
    region: 'Tartu',
    day: '2026-01-21',
    path: 'tartu-vouchers',
  },
  {
    title: 'How to invite a city council to your studio',
    summary: 'A checklist from Galway, tried on three councils.',
    region: 'Galway',
    day: '2026-01-17',
    path: 'council-checklist',
  },
  {
    title: 'The harbour choir that became a company',
    summary: 'Twelve singers from Matosinhos now employ a manager and a sound engineer.',
    region: 'Matosinhos',
    day: '2026-01-14',
    path: 'harbour-choir',
  },
  {
    title: 'Glass, light and a night school in Plzeň',
    summary: 'A factory shares its furnace with beginners once a week.',
    region: 'Plzeň',
    day: '2026-01-09',
    path: 'plzen-night-school',
  },
  {
    title: 'Good practice, neatly filed: our first thirty entries',
    summary: 'Each entry says what it cost, who was against it, and what changed their mind.',
    region: 'All regions',
    day: '2026-01-06',
    path: 'good-practice',
  },
  {
    title: 'Chania’s leather street gets a shared web shop',
    summary: 'Nine family workshops sell under one roof without giving up their names.',
    region: 'Chania',
    day: '2025-12-18',
    path: 'chania-leather-street',
  },
]

/** The sample library: thirteen news items from a fictional project's five partner regions, newest first. */
export const sampleNews: readonly NewsItemInput[] = STORIES.map((story) => ({
  title: story.title,
  summaryHtml: `<p>${story.summary}</p>`,
  url: `${SITE}/news/${story.path}`,
  imageUrl: '',
  imageAlt: '',
  region: story.region,
  language: 'en',
  publishedOn: story.day,
}))
