import { startAllWorkers } from '../workers/start.js'
import { ensureFirstAdminLink } from './accounts/ensure-first-admin-link.js'
import { renewForms } from './audience/forms/save-form.js'
import { readConfig, readSecretKeys } from './config.js'
import { createContext } from './context.js'
import { putAway, untilStopped } from './until-stopped.js'
import { startServer } from './web/server.js'

// From the first moment: whoever stops a process that has only just begun wants it to end cleanly, too.
const stopped = untilStopped()
const config = readConfig()
const ctx = await createContext(config, readSecretKeys())
await renewForms(ctx)
const server = await startServer(ctx)
const workers = process.argv.includes('--web') ? null : await startAllWorkers(ctx)
ctx.log.info(
  `Carillon is ready at ${config.publicUrl}${ctx.inboxUrl ? `, its mail at ${ctx.inboxUrl}` : ''}.`,
)
const firstAdminLink = await ensureFirstAdminLink(ctx)
// A secret for whoever watches the terminal: it goes past the log, which others may keep and read.
if (firstAdminLink)
  process.stdout.write(
    `\nMake the first admin with this link, once, within seven days:\n${firstAdminLink}\n\n`,
  )
await stopped
await putAway(ctx.log, [() => server.close(), async () => workers?.close(), () => ctx.close()])
