import { createPublicKey } from 'node:crypto'
import type { DkimKey } from './dkim-signer.js'

/** What stands in the DNS for a key: the value of the TXT record at `selector._domainkey.domain`. */
export function dkimRecord({ privateKey }: DkimKey): string {
  const publicKey = createPublicKey(privateKey)
  if (publicKey.asymmetricKeyType === 'rsa')
    return `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`
  // RFC 8463 §4: the bare 32 bytes, which end the SPKI form.
  const bare = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  return `v=DKIM1; k=ed25519; p=${bare.toString('base64')}`
}
