import { createHash, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { canonicalBody, canonicalHeader } from './canonical.js'
import { dkimRecord } from './dkim-record.js'

/** A key whose public half stands in the DNS at `selector._domainkey.DOMAIN`: RSA of 2048 bits or more, or Ed25519. */
export type DkimKey = { selector: string; privateKey: KeyObject }

/** Signs the mail of one domain. */
export type DkimSigner = {
  /** What has to stand in the DNS for its keys: the names of TXT records and their values. */
  records: readonly { name: string; value: string }[]
  /**
   * DKIM-Signature fields, one for each key, without their final CRLF. `fields` are whole header fields in their order, `body` is the body
   * in its relaxed form, in pieces.
   */
  sign(fields: readonly string[], body: readonly Uint8Array[], signedAt: Date): Promise<string[]>
}

/** Signed when present. RFC 8058 §4 asks for the two of List-Unsubscribe, Google for Feedback-ID. */
const SIGNED = [
  'from',
  'to',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-id',
  'list-help',
  'list-owner',
  'list-post',
  'list-archive',
  'feedback-id',
  'cfbl-address',
]
/** Named once more than they occur, so that nobody can add a second one (RFC 6376 §8.15). */
const ONLY_ONCE = new Set([
  'from',
  'to',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'list-unsubscribe',
  'list-unsubscribe-post',
])

// The callback form works in the thread pool: an RSA signature takes longer than all the rest of a message.
const signInPool = promisify(sign)

/** A signer with all keys of a domain (RFC 6376, RFC 8463), relaxed/relaxed; `skip` names fields that a relay will replace. */
export function createDkimSigner({
  domain,
  keys,
  skip = [],
}: {
  domain: string
  keys: readonly DkimKey[]
  skip?: readonly string[]
}): DkimSigner {
  const names = SIGNED.filter((name) => !skip.includes(name))
  return {
    records: keys.map((key) => ({ name: `${key.selector}._domainkey.${domain}`, value: dkimRecord(key) })),
    sign: (fields, body, signedAt) => {
      const hash = createHash('sha256')
      for (const piece of body) hash.update(piece)
      const bodyHash = hash.digest('base64')
      const { list, canonical } = signedPart(fields, names)
      const time = Math.floor(signedAt.getTime() / 1000)
      return Promise.all(
        keys.map(async ({ selector, privateKey }) => {
          const isRsa = privateKey.asymmetricKeyType === 'rsa'
          const field = [
            `DKIM-Signature: v=1; a=${isRsa ? 'rsa' : 'ed25519'}-sha256; c=relaxed/relaxed; d=${domain};`,
            ` s=${selector}; t=${time};`,
            ` h=${foldedList(list)};`,
            ` bh=${bodyHash};`,
            ' b=',
          ].join('\r\n')
          const data = Buffer.from(`${canonical}${canonicalHeader(field)}`)
          const signature = isRsa
            ? await signInPool('sha256', data, privateKey)
            : await signInPool(null, createHash('sha256').update(data).digest(), privateKey)
          return `${field}${signature.toString('base64').replace(/.{1,74}/g, '\r\n $&')}`
        }),
      )
    },
  }
}

/** A whole message with the signatures before its header. */
export async function signMessage(signer: DkimSigner, message: Buffer, signedAt: Date): Promise<Buffer> {
  const end = message.indexOf('\r\n\r\n')
  const fields = message
    .subarray(0, end)
    .toString('utf8')
    .split(/\r\n(?![ \t])/)
  const signatures = await signer.sign(fields, [canonicalBody(message.subarray(end + 4))], signedAt)
  return Buffer.concat([Buffer.from(`${signatures.join('\r\n')}\r\n`), message])
}

function signedPart(fields: readonly string[], names: readonly string[]) {
  const found = new Map<string, string[]>()
  for (const field of fields) {
    const name = field.slice(0, field.indexOf(':')).trim().toLowerCase()
    const same = found.get(name)
    if (same) same.push(field)
    else found.set(name, [field])
  }
  const list: string[] = []
  let canonical = ''
  for (const name of names) {
    // Several of one name are signed from the last to the first (RFC 6376 §5.4.2).
    for (const field of (found.get(name) ?? []).toReversed()) {
      list.push(name)
      canonical += `${canonicalHeader(field)}\r\n`
    }
    if (ONLY_ONCE.has(name) && (found.has(name) || name === 'reply-to')) list.push(name)
  }
  return { list, canonical }
}

function foldedList(names: readonly string[]): string {
  let line = 0
  return names
    .map((name, index) => {
      const piece = index < names.length - 1 ? `${name}:` : name
      const folds = line + piece.length > 70
      line = folds ? piece.length : line + piece.length
      return folds ? `\r\n  ${piece}` : piece
    })
    .join('')
}
