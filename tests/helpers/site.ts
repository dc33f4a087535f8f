import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import { openSession } from '../../src/accounts/open-session.js'
import type { Role } from '../../src/accounts/role.js'
import { startServer } from '../../src/web/server.js'
import { buildAssets } from './build-assets.js'
import { createAccount } from './sign-in.js'
import { createWorld, type World } from './world.js'

/** A world behind a real web server on a free port of this machine. */
export type Site = {
  world: World
  url: string
  /** A browser window of somebody who is signed in, with the base address set. */
  signIn(browser: Browser, role: Role, options?: BrowserContextOptions): Promise<BrowserContext>
  close(): Promise<void>
}

/** Starts a site for one test file, its style and scripts built; call `close` in afterAll. */
export async function openSite(): Promise<Site> {
  buildAssets()
  const world = await createWorld({ publicUrl: 'http://localhost', port: 0, host: '127.0.0.1' })
  // Tests do not wait out the time in which an issue can be taken back; the one about it sets it.
  await world.db.updateTable('sending_settings').set({ recall_seconds: 0 }).execute()
  const server = await startServer(world)
  const url = `http://127.0.0.1:${server.port}`
  return {
    world,
    url,
    signIn: async (browser, role, options = {}) => {
      const { id } = await createAccount(world, role)
      const context = await browser.newContext({ baseURL: url, ...options })
      await context.addCookies([{ name: 'carillon', value: await openSession(world, id), url }])
      return context
    },
    close: async () => {
      await server.close()
      await world.close()
    },
  }
}
