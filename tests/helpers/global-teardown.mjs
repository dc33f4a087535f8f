/** Stops the run's PostgreSQL server and removes what it kept. */
export default async function globalTeardown() {
  await globalThis.carillonTestServer?.stop()
}
