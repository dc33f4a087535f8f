import { Command, CommanderError } from 'commander'
import { ZodError } from 'zod'
import { ConfigError } from '../config-error.js'
import { DomainError, InvalidError } from '../errors.js'
import { withContext } from './with-context.js'

const EXIT_REFUSED = 2
/** EX_TEMPFAIL of sysexits.h: the mail server that runs the command keeps the mail and tries again, where any other would send it back. */
const EXIT_TRY_AGAIN = 75

const program = new Command('carillon').description('Carillon’s command line. Answers are one line of JSON.')
program
  .command('migrate')
  .description('bring the database schema up to date')
  .action(withContext(async () => ({ ok: true })))
// Each is read only when it is called: what one command needs would make every other start a second later.
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  account: async () => (await import('./commands/account.js')).accountCommand(),
  list: async () => (await import('./commands/list.js')).listCommand(),
  subscriber: async () => (await import('./commands/subscriber.js')).subscriberCommand(),
  suppression: async () => (await import('./commands/suppression.js')).suppressionCommand(),
  retention: async () => (await import('./commands/retention.js')).retentionCommand(),
  issue: async () => (await import('./commands/issue.js')).issueCommand(),
  sending: async () => (await import('./commands/sending.js')).sendingCommand(),
  template: async () => (await import('./commands/template.js')).templateCommand(),
  dkim: async () => (await import('./commands/dkim.js')).dkimCommand(),
  'unsubscribe-mail': async () => (await import('./commands/unsubscribe-mail.js')).unsubscribeMailCommand(),
  'test-group': async () => (await import('./commands/test-group.js')).testGroupCommand(),
}
const name = process.argv[2] ?? ''
const called = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
const takesMail = name === 'unsubscribe-mail'
if (takesMail) {
  // Whatever goes wrong outside of the command's own promise.
  process.on('uncaughtException', (error) => {
    console.error(explain(error))
    process.exit(EXIT_TRY_AGAIN)
  })
  program.exitOverride()
}
for (const load of called ? [called] : Object.values(COMMANDS)) program.addCommand(await load())

try {
  await program.parseAsync()
} catch (error) {
  console.error(explain(error))
  process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): number {
  // Help and version end that way, too.
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  if (takesMail) return EXIT_TRY_AGAIN
  const isRefusal = [DomainError, ZodError, ConfigError, SyntaxError].some((kind) => error instanceof kind)
  return isRefusal ? EXIT_REFUSED : 1
}

function explain(error: unknown): string {
  if (error instanceof InvalidError)
    return Object.entries(error.issues)
      .map(([field, text]) => `${field}: ${text}`)
      .join('\n')
  if (error instanceof ZodError)
    return error.issues.map((entry) => `${entry.path.join('.')}: ${entry.message}`).join('\n')
  if (error instanceof SyntaxError) return `This file is not JSON: ${error.message}`
  return error instanceof Error ? error.message : String(error)
}
