import type { Command } from 'commander'
import { subscriberCalled } from '../../audience/subscriber-called.js'
import { sendTests, type TestResult } from '../../delivery/send-test.js'
import { testRecipients } from '../../delivery/test-groups/test-recipients.js'
import { InvalidError } from '../../errors.js'
import { LanguageTag } from '../../rendering/languages/language-tag.js'
import { collect, withContext } from '../with-context.js'
import { testGroupCalled } from './test-group.js'

type TestOptions = { group?: string[]; as?: string; language?: string }

/** Adds `carillon issue test`: one address prints what the server said, several print it for each. */
export function addTest(command: Command): void {
  command
    .command('test <id> [addresses...]')
    .description('send it to some addresses, marked as a test')
    .option('--group <name>', 'to the people of a test group; may be given again', collect)
    .option('--as <email>', 'written as this subscriber; a sample reader when left out')
    .option('--language <tag>', 'the edition to send; else the one that they would get')
    .action(
      withContext(
        async (ctx, issueId: string, addresses: string[], { group = [], as, language: tag }: TestOptions) => {
          const groupIds = await Promise.all(group.map((name) => testGroupCalled(ctx, name)))
          const to = await testRecipients(ctx, { addresses: addresses.join('\n'), groupIds })
          const reader = as === undefined ? null : await subscriberCalled(ctx, as)
          if (as !== undefined && !reader) throw new InvalidError({ as: 'No subscriber has this address.' })
          const language = LanguageTag.optional().parse(tag) ?? null
          const results = (await sendTests(ctx, { issueId, to, as: reader, language, by: null })).map(plain)
          return group.length === 0 && addresses.length === 1 ? results[0] : { results }
        },
      ),
    )
}

function plain({ to, ...result }: TestResult) {
  return { to, ...('outcome' in result ? result.outcome : result) }
}
