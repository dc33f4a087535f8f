import { sql } from 'kysely'
import { migrate } from '../../db/migrate.js'
import { createWorld, type World } from '../helpers/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

it('changes nothing when it runs again on a finished schema', async () => {
  expect(await migrate(world.db)).toEqual([])
})

it('has a typed table for every table of the schema', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name not like 'schema_migration%'
      and table_name !~ '^delivery_'`.execute(world.db)
  expect(rows.map((row) => row.name).sort()).toEqual([
    'account',
    'account_link',
    'approval',
    'approval_mail',
    'audit_entry',
    'background_check',
    'batch',
    'block',
    'block_text',
    'bulk_act',
    'bulk_change',
    'captured_mail',
    'comment',
    'confirmation',
    'consent_event',
    'delivery',
    'digest',
    'draft_step',
    'edition',
    'erasure',
    'feed',
    'field',
    'form',
    'form_version',
    'former_address',
    'import',
    'import_file',
    'import_refusal',
    'import_row',
    'issue',
    'issue_language',
    'issue_list',
    'issue_segment',
    'kept_evidence',
    'leave_reason',
    'list',
    'list_former_name',
    'merged_subscriber',
    'news_item',
    'news_item_text',
    'organisation',
    'picture',
    'provider',
    'rate_limit',
    'relay',
    'report',
    'retention',
    'segment',
    'sending_settings',
    'session',
    'sign_up',
    'subscriber',
    'subscriber_mail',
    'subscriber_note',
    'subscription',
    'suppression',
    'tally',
    'template',
    'template_version',
    'test_choice',
    'test_group',
    'token_bucket',
    'transport_error',
    'warm_up',
    'worker',
  ])
})
