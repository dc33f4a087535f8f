import { readFile, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { InvalidError } from '../../errors.js'
import { decodeText } from '../../fetching/decode-text.js'
import { checkImported } from '../../rendering/template-import/check-imported.js'
import { importTemplate } from '../../rendering/template-import/import-template.js'

/** `carillon template`: newsletter templates of other services. */
export function templateCommand(): Command {
  const command = new Command('template').description('newsletter templates of other services')
  command
    .command('import <file>')
    .description(
      'translate a template of MJML or HTML into ours and say what could not be, see docs/template-import.md',
    )
    .option('--out <file>', 'where to write the translated template')
    .option('--json', 'one line of JSON, as always')
    .action(async (file: string, options: { out?: string }) => {
      const imported = importTemplate(await sourceOf(file))
      const { problems } = await checkImported(imported)
      const report = [...imported.report, ...problems]
      if (options.out)
        await writeFile(options.out, imported.format === 'mjml' ? imported.mjml : imported.html)
      const { format, dialect, fields } = imported
      const ok = report.every(({ severity }) => severity !== 'untranslated')
      console.log(JSON.stringify({ format, dialect, ok, fields, report }))
    })
  return command
}

async function sourceOf(file: string): Promise<string> {
  try {
    return decodeText(await readFile(file), '')
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new InvalidError({ file: `${file} cannot be read (${code}).` })
  }
}
