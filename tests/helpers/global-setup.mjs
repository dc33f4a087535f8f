import { tsImport } from 'tsx/esm/api'
import '../../.config/list-blocks.mjs'

/** Jest resolves no `.js` import to its `.ts` file here, so the server's module is loaded through tsx. */
export default async function globalSetup() {
  const { startTestServer } = await tsImport('./test-server.ts', import.meta.url)
  const server = await startTestServer()
  globalThis.carillonTestServer = server
  process.env.CARILLON_TEST_DATABASE_URL = server.url
}
