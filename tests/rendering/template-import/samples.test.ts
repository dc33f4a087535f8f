import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../../src/project-root.js'
import { checkImported } from '../../../src/rendering/template-import/check-imported.js'
import { importTemplate } from '../../../src/rendering/template-import/import-template.js'

const folder = join(projectRoot, 'tests/rendering/template-import/samples')

/** What each sample is, and the tags that no translation has. */
const SAMPLES: Record<string, { dialect: string; untranslated?: string[]; problems?: RegExp[] }> = {
  'brevo-monthly.mjml': { dialect: 'brevo' },
  'brevo-order.html': {
    dialect: 'brevo',
    untranslated: [
      ...['{% for p in params.items %}', '{{ p.name }}', '{{ p.price|floatformat:2 }}', '{% endfor %}'],
      ...[
        '{% if contact.COUNTRY == "IE" and contact.AGE > 17 %}',
        '{% else %}',
        '{% endif %}',
        '{{ sender.name }}',
      ],
    ],
  },
  'mailchimp-classic.html': {
    dialect: 'mailchimp',
    untranslated: ['*|CURRENT_YEAR|*', '*|LIST:COMPANY|*', '*|HTML:LIST_ADDRESS_HTML|*'],
  },
  'mailchimp-groups.html': {
    dialect: 'mailchimp',
    untranslated: [
      ...[
        '*|INTERESTED:Topics:Music,Film|*',
        '*|ELSE:|*',
        '*|END:INTERESTED|*',
        '*|IF:MMERGE6=yes|*',
        '*|END:IF|*',
      ],
      ...['*|RSSITEMS:[3]|*', '*|RSSITEM:URL|*', '*|RSSITEM:TITLE|*', '*|END:RSSITEMS|*'],
    ],
  },
  'mailchimp.mjml': { dialect: 'mailchimp' },
  'listmonk-campaign.html': { dialect: 'listmonk', untranslated: ['{{ template "content" . }}'] },
  'listmonk.mjml': {
    dialect: 'listmonk',
    untranslated: ['{{ if eq .Subscriber.Attribs.plan "pro" }}', '{{ end }}'],
  },
  'keila.mjml': { dialect: 'keila' },
  'mailtrain.html': { dialect: 'mailtrain' },
  'plunk.html': { dialect: 'plunk' },
  'carillon.mjml': { dialect: 'carillon' },
  'old-mjml.mjml': { dialect: 'brevo', untranslated: ['<mj-invoice>'], problems: [/mj-invoice/] },
  'hostile.mjml': { dialect: 'brevo' },
}

it('names every sample', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(SAMPLES).sort())
})

it.each(Object.entries(SAMPLES))(
  'imports %s',
  async (file, { dialect, untranslated = [], problems = [] }) => {
    const imported = importTemplate(readFileSync(join(folder, file), 'utf8'))
    expect(imported).toMatchObject({ dialect, format: file.endsWith('.mjml') ? 'mjml' : 'html' })
    const kept = imported.report.filter(({ severity }) => severity === 'untranslated')
    expect(kept.map(({ tag }) => tag)).toEqual(untranslated)
    const checked = await checkImported(imported)
    const wrong = checked.problems.filter(({ severity }) => severity === 'untranslated')
    expect(wrong.map(({ message }) => message)).toEqual(
      problems.map((problem) => expect.stringMatching(problem)),
    )
    expect(checked.html).toContain('<')
    for (const tag of untranslated.filter((each) => /^[{*]/.test(each) && !/^\{% (else|endif)/.test(each)))
      expect(checked.html).toContain(tag)
    expect(checked.html).not.toMatch(/<script|<iframe|<form|\son[a-z]+="|javascript:/i)
    const text = imported.format === 'mjml' ? imported.mjml : imported.html
    const again = importTemplate(text)
    expect(again.format === 'mjml' ? again.mjml : again.html).toBe(text)
  },
)

it('says on which line MJML does not compile, and why', async () => {
  const source =
    '<mjml>\n<mj-body>\n<mj-section>\n<mj-text colour="red">x</mj-text>\n</mj-section>\n</mj-body>\n</mjml>'
  const { problems } = await checkImported(importTemplate(source))
  expect(problems).toEqual([
    expect.objectContaining({
      line: 4,
      message: expect.stringContaining('mj-text cannot be used inside mj-section'),
    }),
    expect.objectContaining({ line: 4, message: expect.stringContaining('colour') }),
  ])
})

it('says so when MJML would drop merge tags, when a tag stays open, and survives any depth', async () => {
  const lost =
    '<mjml><mj-body><mj-section><mj-column><mj-image>{{ contact.A }}</mj-image></mj-column></mj-section></mj-body></mjml>'
  expect((await checkImported(importTemplate(lost))).problems.map(({ message }) => message).join()).toContain(
    'would be lost',
  )
  const open = await checkImported(importTemplate('<mjml><mj-body><mj-section></mj-body></mjml>'))
  expect(open.problems.length).toBeGreaterThan(0)
  const deep = importTemplate(
    `<mjml><mj-body>${'<<#if contact.A>>'.repeat(9000)}${'<</if>>'.repeat(9000)}</mj-body></mjml>`,
  )
  expect((await checkImported(deep)).problems.length).toBeGreaterThanOrEqual(0)
  expect((await checkImported(importTemplate('<mjml>'.repeat(100_000)))).problems).toHaveLength(1)
})
