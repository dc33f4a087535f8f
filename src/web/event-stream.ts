import type { Request, Response } from 'express'

const TICK_MS = 1000
const KEEP_ALIVE_TICKS = 15

/** One server-sent event: its name and its data, any text. */
export type ServerEvent = { name: string; data: string }

/**
 * Streams what `look` sees once a second, only when it has changed, until it returns null, the browser leaves or the server
 * stops (HTML Standard 9.2). A look that fails ends the stream; the browser asks again by itself.
 */
export async function streamEvents(
  req: Request,
  res: Response,
  look: () => Promise<ServerEvent | null>,
): Promise<void> {
  res.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    // Tells nginx not to hold the events back.
    'X-Accel-Buffering': 'no',
  })
  const stopping: AbortSignal | undefined = req.app.get('stopping')
  let last = ''
  for (let tick = 0; !res.destroyed && !stopping?.aborted; tick++) {
    const event = await look().catch(() => null)
    if (!event) break
    const lines = event.data.split(/\r?\n/).map((line) => `data: ${line}`)
    const text = `event: ${event.name}\n${lines.join('\n')}\n\n`
    if (text !== last) res.write(text)
    else if (tick % KEEP_ALIVE_TICKS === 0) res.write(': still here\n\n')
    last = text
    if (event.name === 'finished') break
    await nextTick(req, stopping)
  }
  res.end()
}

function nextTick(req: Request, stopping: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      req.off('close', end)
      stopping?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, TICK_MS)
    req.once('close', end)
    stopping?.addEventListener('abort', end)
  })
}
