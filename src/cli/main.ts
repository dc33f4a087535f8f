import { Command } from 'commander'
import { ZodError } from 'zod'
import { ConfigError } from '../config-error.js'
import { DomainError, InvalidError } from '../errors.js'
import { accountCommand } from './commands/account.js'
import { dkimCommand } from './commands/dkim.js'
import { issueCommand } from './commands/issue.js'
import { listCommand } from './commands/list.js'
import { sendingCommand } from './commands/sending.js'
import { subscriberCommand } from './commands/subscriber.js'
import { templateCommand } from './commands/template.js'
import { testGroupCommand } from './commands/test-group.js'
import { unsubscribeMailCommand } from './commands/unsubscribe-mail.js'
import { withContext } from './with-context.js'

const EXIT_REFUSED = 2

const program = new Command('carillon').description('Carillon’s command line. Answers are one line of JSON.')
program
  .command('migrate')
  .description('bring the database schema up to date')
  .action(withContext(async () => ({ ok: true })))
const commands = [
  accountCommand,
  listCommand,
  subscriberCommand,
  issueCommand,
  sendingCommand,
  templateCommand,
  dkimCommand,
  testGroupCommand,
  unsubscribeMailCommand,
]
for (const command of commands) program.addCommand(command())

try {
  await program.parseAsync()
} catch (error) {
  console.error(explain(error))
  const isRefusal = [DomainError, ZodError, ConfigError, SyntaxError].some((kind) => error instanceof kind)
  process.exitCode = isRefusal ? EXIT_REFUSED : 1
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
