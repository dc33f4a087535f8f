import { Command } from 'commander'
import { addSubscriber } from '../../audience/add-subscriber.js'
import { lists } from '../../audience/lists.js'
import { InvalidError } from '../../errors.js'
import { LanguageTag } from '../../rendering/languages/language-tag.js'
import { readTimeZone } from '../../time-zones.js'
import { collect, withContext } from '../with-context.js'
import { addErasureCommands } from './erasure.js'
import { addExport } from './subscriber-export.js'
import { addImport } from './subscriber-import.js'

type AddOptions = { list: string[]; source: string; field?: string[]; timeZone?: string; language?: string }

/** `carillon subscriber`: people who read. */
export function subscriberCommand(): Command {
  const command = new Command('subscriber').description('people who read')
  command
    .command('add <email>')
    .description('add somebody who agreed elsewhere')
    .requiredOption('--list <name>', 'list to put the person on; may be given again', collect)
    .requiredOption('--source <note>', 'where the person agreed: kept as evidence')
    .option('--field <KEY=value>', 'a field such as FIRSTNAME=Ada; may be given again', collect)
    .option('--time-zone <zone>', 'where the person reads, such as Europe/Helsinki')
    .option('--language <tag>', 'language the person reads, such as fi or pt-BR')
    .action(
      withContext(async (ctx, email: string, options: AddOptions) => {
        const known = await lists(ctx)
        const listIds = options.list.map((name) => {
          const found = known.find((entry) => entry.name === name)
          if (!found) throw new InvalidError({ list: `There is no list called “${name}”.` })
          return found.id
        })
        const fields = Object.fromEntries((options.field ?? []).map((pair) => splitPair(pair)))
        const zone = options.timeZone ? { timeZone: readTimeZone(options.timeZone, 'time-zone') } : {}
        const language = LanguageTag.optional().parse(options.language) ?? null
        return {
          id: await addSubscriber(ctx, { email, listIds, fields, language, note: options.source, ...zone }),
        }
      }),
    )
  addImport(command)
  addExport(command)
  addErasureCommands(command)
  return command
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  if (at < 1) throw new InvalidError({ field: `Write fields as KEY=value, not “${pair}”.` })
  return [pair.slice(0, at).toUpperCase(), pair.slice(at + 1)]
}
