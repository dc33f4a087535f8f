import { takeBatch } from '../../src/delivery/batches.js'
import { finishIssue } from '../../src/delivery/finish-issue.js'
import { type BatchEnd, sendBatch as sendHeldBatch } from '../../src/delivery/send-batch.js'
import { openSender } from '../../src/delivery/sender.js'
import type { World } from './world.js'

/** Sends what is due of an issue as a worker of its own does, batch after batch; returns how the last one ended. */
export async function sendBatch(
  world: World,
  { issueId }: { issueId: string },
  stop: { readonly aborted: boolean } = { aborted: false },
): Promise<BatchEnd | null> {
  const sender = await openSender(world)
  let ended: BatchEnd | null = null
  try {
    for (;;) {
      const batch = await takeBatch(world.db, issueId, { workerId: sender.workerId, now: world.clock.now() })
      if (!batch) break
      ended = await sendHeldBatch(world, sender, { batch, stop })
      if (ended.end !== 'done') break
    }
    await finishIssue(world, issueId)
  } finally {
    await sender.close()
  }
  return ended
}
