import { type Response, Router } from 'express'
import type { Context } from '../../context.js'
import { removeTestGroup } from '../../delivery/test-groups/remove-test-group.js'
import { saveTestGroup, TestGroupForm } from '../../delivery/test-groups/save-test-group.js'
import { testGroup, testGroups } from '../../delivery/test-groups/test-groups.js'
import { InvalidError } from '../../errors.js'
import { readForm } from '../form.js'
import { accountOf, requireDuty } from '../middleware/sessions.js'
import { withNotice } from '../notices.js'
import { renderPage } from '../page.js'
import { pathId } from '../path-id.js'
import { settingTabs } from './setting-tabs.js'

type Needs = Pick<Context, 'db' | 'clock'>
/** A form as it is shown: `id` null for a new group. */
type Shown = { id: string | null; form: object; errors?: Readonly<Record<string, string>> }

const PATH = '/settings/test-groups'
const NEW: Shown = { id: null, form: { name: '', addresses: '' } }

/** `/settings/test-groups`: addresses that get tests together; `…/:id` changes a group, `…/:id/removal` removes it. */
export function testGroupRoutes(ctx: Needs): Router {
  const router = Router()
  router.use(requireDuty('coordinate'))
  router.get('/', (_req, res) => show(ctx, res, NEW))
  router.post('/', (req, res) => save(ctx, res, { id: null, form: req.body ?? {} }))
  router.get('/:id', async (req, res) => {
    const { id, name, addresses } = await testGroup(ctx, pathId(req, 'id'))
    await show(ctx, res, { id, form: { name, addresses: addresses.join('\n') } })
  })
  router.post('/:id', (req, res) => save(ctx, res, { id: pathId(req, 'id'), form: req.body ?? {} }))
  router.post('/:id/removal', async (req, res) => {
    await removeTestGroup(ctx, { id: pathId(req, 'id'), by: accountOf(res).id })
    res.redirect(303, withNotice(PATH, 'done'))
  })
  return router
}

async function save(ctx: Needs, res: Response, { id, form }: Shown): Promise<void> {
  try {
    await saveTestGroup(ctx, { id, input: readForm(TestGroupForm, form), by: accountOf(res).id })
    res.redirect(303, withNotice(PATH, 'saved'))
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error
    await show(ctx, res.status(422), { id, form, errors: error.issues })
  }
}

async function show(ctx: Needs, res: Response, { id, form, errors = {} }: Shown): Promise<void> {
  renderPage(res, 'coordinator/settings/test-groups', {
    title: 'Test groups',
    groups: await testGroups(ctx),
    groupId: id,
    form,
    errors,
    tabs: settingTabs(res, PATH),
  })
}
