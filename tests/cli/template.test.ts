import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../src/project-root.js'
import { buildAssets } from '../helpers/build-assets.js'

let home: string
beforeAll(async () => {
  buildAssets()
  home = await mkdtemp(join(tmpdir(), 'carillon-template-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

function carillon(...given: string[]): Promise<{ code: number; output: string; error: string }> {
  const program = join(projectRoot, 'dist/src/cli/main.js')
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'template', 'import', ...given], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout, error: stderr })
    })
  })
}

const sample = (name: string) => join(projectRoot, 'tests/rendering/template-import/samples', name)

it('prints one line and writes the translated template, without a database', async () => {
  const out = join(home, 'out.mjml')
  const { code, output } = await carillon(sample('keila.mjml'), '--json', '--out', out)
  expect(code).toBe(0)
  expect(output.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(output)).toMatchObject({
    format: 'mjml',
    dialect: 'keila',
    ok: true,
    fields: ['CITY', 'FIRSTNAME', 'LASTNAME'],
  })
  expect(await readFile(out, 'utf8')).toContain('<<contact.FIRSTNAME | default: "you">>')
})

it('ends well and says what is left when something could not be translated', async () => {
  const { code, output } = await carillon(sample('brevo-order.html'))
  expect(code).toBe(0)
  const answer = JSON.parse(output)
  expect(answer.ok).toBe(false)
  expect(answer.report).toContainEqual(
    expect.objectContaining({
      severity: 'untranslated',
      line: 4,
      column: 1,
      tag: '{% for p in params.items %}',
    }),
  )
})

it('refuses with 2 a file that cannot be read', async () => {
  const { code, output, error } = await carillon(join(home, 'nowhere.html'))
  expect({ code, output }).toEqual({ code: 2, output: '' })
  expect(error).toContain('cannot be read')
})

it('reads old encodings and line ends', async () => {
  const text = '<p>\r\nGrüße\r\n{{ params.x }}</p>'
  const files: [string, Buffer][] = [
    ['old.html', Buffer.from(text, 'latin1')],
    ['wide.html', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['mac.html', Buffer.from(text.replaceAll('\r\n', '\r'))],
  ]
  for (const [name, bytes] of files) {
    const [file, out] = [join(home, name), join(home, `out-${name}`)]
    await writeFile(file, bytes)
    const { output } = await carillon(file, '--out', out)
    expect(JSON.parse(output).report).toContainEqual(
      expect.objectContaining({ tag: '{{ params.x }}', line: 3, column: 1 }),
    )
    expect(await readFile(out, 'utf8')).toContain('Grüße')
  }
})
