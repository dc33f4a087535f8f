import type { Check } from '../subject.js'

/** Every reader gets these bytes; the HTML alone has a limit of its own. */
const LARGE_BYTES = 200_000

/** How large the whole mail is on the wire: both parts, encoded, with its header. */
export const mailSize: Check = ({ known }) => {
  const bytes = known.mail?.facts.bytes ?? 0
  if (bytes <= LARGE_BYTES) return []
  const message = `Encoded for the way, the whole mail has ${Math.round(bytes / 1000)} KB. Mail servers are slower with such mails; better keep it below 200 KB.`
  return [{ severity: 'warning', field: 'blocks', message }]
}
