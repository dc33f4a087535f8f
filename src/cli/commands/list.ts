import { Argument, Command, Option } from 'commander'
import type { List } from '../../../db/tables/list.js'
import { createList } from '../../audience/create-list.js'
import { demandApproval } from '../../audience/demand-approval.js'
import { ListForm, type ListInput, listInput } from '../../audience/list-form.js'
import { lists } from '../../audience/lists.js'
import { reviseList } from '../../audience/revise-list.js'
import type { Context } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { recordAudit } from '../../issues/record-audit.js'
import { withContext } from '../with-context.js'

type Switch = 'on' | 'off'
type ListOptions = {
  rename?: string
  description?: string
  language?: string
  public?: Switch
  optIn?: 'single' | 'double'
  welcome?: Switch
  goodbye?: Switch
}

/** `carillon list`: lists people can be on. */
export function listCommand(): Command {
  const command = new Command('list').description('lists people can be on')
  withOptions(command.command('create <name>').description('make a list')).action(
    withContext(async (ctx, name: string, options: ListOptions) => ({
      id: await createList(ctx, { name, ...inputOf(options) }),
    })),
  )
  command
    .command('show')
    .description('every list with its counts')
    .action(withContext((ctx) => lists(ctx)))
  withOptions(command.command('set <name>').description('change what is given of a list'))
    .option('--rename <name>', 'what it is called from now on')
    .action(
      withContext(async (ctx, name: string, options: ListOptions) => {
        const list = await listCalled(ctx, name)
        const renamed = options.rename === undefined ? {} : { name: options.rename }
        await reviseList(
          ctx,
          list.id,
          ListForm.parse({ ...listInput(list), ...inputOf(options), ...renamed }),
        )
      }),
    )
  command
    .command('approval <name>')
    .description('say whether only approved issues may be scheduled for it')
    .addArgument(new Argument('<switch>', 'on or off').choices(['on', 'off']))
    .action(
      withContext(async (ctx, name: string, demand: Switch) => {
        const list = await listCalled(ctx, name)
        await demandApproval(ctx, { listId: list.id, isDemanded: demand === 'on' })
        const action = demand === 'on' ? 'demand-approval' : 'waive-approval'
        await recordAudit(ctx.db, { action, subjectIds: [list.id], by: null, now: ctx.clock.now() })
      }),
    )
  return command
}

function withOptions(command: Command): Command {
  const onOrOff = (name: string, what: string) =>
    new Option(`--${name} <switch>`, what).choices(['on', 'off'])
  return command
    .option('--description <words>', 'what readers see below the name')
    .option('--language <tag>', 'in which it is usually written, such as fi or pt-BR')
    .addOption(onOrOff('public', 'whether anybody may join it'))
    .addOption(new Option('--opt-in <kind>', 'double: confirmed by mail first').choices(['single', 'double']))
    .addOption(onOrOff('welcome', 'whether new readers get a welcome mail'))
    .addOption(onOrOff('goodbye', 'whether those who leave get a good-bye mail'))
}

function inputOf({ description, language, optIn, ...switches }: ListOptions): Partial<ListInput> {
  const isOn = (name: keyof ListInput, value: Switch | undefined) =>
    value === undefined ? {} : { [name]: value === 'on' }
  return {
    ...(description === undefined ? {} : { description }),
    ...(language === undefined ? {} : { language }),
    ...(optIn === undefined ? {} : { optIn }),
    ...isOn('isPublic', switches.public),
    ...isOn('sendsWelcome', switches.welcome),
    ...isOn('sendsGoodbye', switches.goodbye),
  }
}

async function listCalled(ctx: Pick<Context, 'db'>, name: string): Promise<List> {
  const list = (await lists(ctx)).find((one) => one.name === name)
  if (!list) throw new NotFoundError(`There is no list called “${name}”.`)
  return list
}
