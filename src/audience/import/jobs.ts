import { z } from 'zod'
import type { Job } from '../../queues/job.js'

/** Makes the index of the search again that a large import left out. */
export const mendWordIndexJob: Job<Record<string, never>> = {
  queue: 'feeds',
  name: 'mend-word-index',
  payload: z.object({}),
  id: () => 'mend-word-index',
  attempts: 1,
  backoffMs: 5000,
}

export const runImportJob: Job<{ importId: string }> = {
  queue: 'feeds',
  name: 'run-import',
  payload: z.object({ importId: z.uuid() }),
  id: ({ importId }) => `import-${importId}`,
  attempts: 5,
  backoffMs: 5000,
}
