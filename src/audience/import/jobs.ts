import { z } from 'zod'
import type { Job } from '../../queues/job.js'

export const runImportJob: Job<{ importId: string }> = {
  queue: 'feeds',
  name: 'run-import',
  payload: z.object({ importId: z.uuid() }),
  id: ({ importId }) => `import-${importId}`,
  attempts: 5,
  backoffMs: 5000,
}
