import { Command, Option } from 'commander'
import { accounts } from '../../accounts/accounts.js'
import { createAccountLink } from '../../accounts/create-account-link.js'
import { disableAccount } from '../../accounts/disable-account.js'
import type { Role } from '../../accounts/role.js'
import type { OpenContext } from '../../context.js'
import { NotFoundError } from '../../errors.js'
import { withContext } from '../with-context.js'

const ROLES: readonly Role[] = ['coordinator', 'operator', 'admin', 'partner']

/** `carillon account`: people who sign in. */
export function accountCommand(): Command {
  const command = new Command('account').description('people who sign in')
  command
    .command('list')
    .description('everybody with an account')
    .action(withContext((ctx) => accounts(ctx)))
  command
    .command('invite')
    .description('print a one-time link to a new account')
    .addOption(new Option('--role <role>', 'what the account may do').choices(ROLES).makeOptionMandatory())
    .option('--region <region>', 'the region of a partner')
    .action(
      withContext(async (ctx, { role, region = '' }: { role: Role; region?: string }) => ({
        link: await createAccountLink(ctx, { role, region, by: null }),
      })),
    )
  command
    .command('password <email>')
    .description('print a one-time link to a new password')
    .action(
      withContext(async (ctx, email: string) => {
        const { id, role, region } = await accountCalled(ctx, email)
        return { link: await createAccountLink(ctx, { role, region, accountId: id, by: null }) }
      }),
    )
  command
    .command('disable <email>')
    .description('lock somebody out at once')
    .action(
      withContext(async (ctx, email: string) => disableAccount(ctx, (await accountCalled(ctx, email)).id)),
    )
  return command
}

async function accountCalled(ctx: OpenContext, email: string) {
  const found = (await accounts(ctx)).find((one) => one.email.toLowerCase() === email.toLowerCase())
  if (!found) throw new NotFoundError(`Nobody has an account as ${email}.`)
  return found
}
