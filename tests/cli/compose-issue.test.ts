import { composeIssue, IssueFile } from '../../src/cli/compose-issue.js'
import { sampleOrganisation } from '../../src/cli/sample/organisation.js'
import { issueWithBlocks } from '../../src/issues/issue.js'
import { issueEditions } from '../../src/issues/issue-editions.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const FILE = {
  organisation: sampleOrganisation,
  title: 'Spring issue',
  subject: 'Hello',
  translations: [
    { language: 'fi', subject: 'Hei' },
    { language: 'pt_br', subject: 'Olá', preheader: 'Notícias' },
  ],
  news: {
    plans: {
      title: 'Five plans',
      publishedOn: '2026-02-24',
      translations: {
        fi: { title: 'Viisi suunnitelmaa', url: 'https://example.org/fi' },
        it: { title: 'Cinque' },
      },
    },
  },
  blocks: [
    { kind: 'heading', text: 'News', translations: { fi: { text: 'Uutisia' } } },
    { kind: 'lead-story', newsItem: 'plans', translations: { fi: { linkLabel: 'Lue' } } },
    {
      kind: 'agenda',
      entries: [
        { day: '2026-05-01', title: 'Fair' },
        { day: '2026-05-02', title: 'Visit' },
      ],
      translations: { fi: { entries: [{ title: 'Messut' }, { title: 'Vierailu' }] }, nl: { title: 'Niets' } },
    },
  ],
}

it('makes a draft in several languages from one file', async () => {
  const { issueId, version } = await composeIssue(world, IssueFile.parse(FILE))
  const issue = await issueWithBlocks(world, issueId)
  expect(issue.version).toBe(version)
  const editions = await issueEditions(world, issue, world.clock.now())
  expect(editions.states.map(({ language }) => language)).toEqual(['fi', 'pt-BR', 'nl'])
  const finnish = editions.contentIn('fi')
  expect(finnish.subject).toBe('Hei')
  expect(Object.values(finnish.newsItems)).toMatchObject([
    { title: 'Viisi suunnitelmaa', url: 'https://example.org/fi', language: 'fi' },
  ])
  const words = JSON.stringify(finnish.blocks)
  for (const text of ['Uutisia', 'Lue', 'Messut', 'Vierailu', 'Peruuta tilaus']) expect(words).toContain(text)
  expect(editions.contentIn('pt-BR')).toMatchObject({ subject: 'Olá', preheader: 'Notícias' })
  // A text that translates nothing is left out.
  expect(editions.order).toEqual(['en', 'fi', 'pt-BR'])
})

it('refuses a language that is none', () => {
  const blocks = [{ kind: 'heading', text: 'News', translations: { 'not one': { text: 'x' } } }]
  expect(IssueFile.safeParse({ ...FILE, blocks }).success).toBe(false)
  expect(IssueFile.safeParse({ ...FILE, translations: [{ language: '!' }] }).success).toBe(false)
})
