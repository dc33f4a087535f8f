import { readConfig, readSecretKeys } from '../src/config.js'
import { createContext } from '../src/context.js'
import { putAway, untilStopped } from '../src/until-stopped.js'
import { startAllWorkers } from './start.js'

// From the first moment: whoever stops a process that has only just begun wants it to end cleanly, too.
const stopped = untilStopped()
const ctx = await createContext(readConfig(), readSecretKeys())
const workers = await startAllWorkers(ctx)
ctx.log.info('Carillon worker is ready.')
await stopped
await putAway(ctx.log, [() => workers.close(), () => ctx.close()])
