import { randomBytes } from 'node:crypto'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { newId } from '../../../db/uuid.js'
import { formStamp, readStamp } from '../../../src/audience/forms/form-stamp.js'
import { CHALLENGE_SECONDS, provenWork, workFor } from '../../../src/audience/forms/proof-of-work.js'
import { parseKeyRing } from '../../../src/secrets.js'

const key = (kid: string) => `${kid}:${randomBytes(32).toString('hex')}`
const [old, young] = [key('k1'), key('k2')]
const keys = parseKeyRing(old)
const now = new Date('2026-03-02T09:00:00Z')
const formId = newId(now)

describe('the stamp of a form', () => {
  it('says when it was shown, also after the key was renewed', () => {
    const stamp = formStamp(keys, { formId, now })
    expect(readStamp(keys, { formId, stamp })).toEqual(now)
    expect(readStamp(parseKeyRing(`${young},${old}`), { formId, stamp })).toEqual(now)
    expect(formStamp(keys, { formId, now })).not.toBe(stamp)
  })

  it('is worth nothing for another form, cut, forged or by a key that is gone', () => {
    const stamp = formStamp(keys, { formId, now })
    expect(readStamp(keys, { formId: newId(now), stamp })).toBeNull()
    expect(readStamp(parseKeyRing(young), { formId, stamp })).toBeNull()
    for (const wrong of ['', 'x', stamp.slice(1), `${stamp}A`, stamp.replace('v1', 'v2')])
      expect(readStamp(keys, { formId, stamp: wrong })).toBeNull()
  })
})

describe('proof of work', () => {
  async function proofOf(
    change: (proof: { challenge: unknown; solution: unknown }) => unknown = (same) => same,
  ) {
    const challenge = await workFor(keys, { formId, now })
    const solution = await solveChallenge({ challenge, deriveKey })
    return Buffer.from(JSON.stringify(change({ challenge, solution }))).toString('base64')
  }

  it('is taken for its form until it is too old, and named so that it counts once', async () => {
    const proof = await proofOf()
    const proven = await provenWork(keys, { formId, now, proof })
    expect(proven).toEqual({ challenge: expect.stringMatching(/^[0-9a-f]{64}$/), madeAt: now })
    const later = new Date(now.getTime() + CHALLENGE_SECONDS * 1000)
    expect(await provenWork(parseKeyRing(`${young},${old}`), { formId, now: later, proof })).toEqual(proven)
    const tooLate = new Date(later.getTime() + 1)
    expect(await provenWork(keys, { formId, now: tooLate, proof })).toBeNull()
    expect(await provenWork(keys, { formId: newId(now), now, proof })).toBeNull()
    expect(await provenWork(parseKeyRing(young), { formId, now, proof })).toBeNull()
  })

  it('is refused when it is none, made easier or not solved', async () => {
    for (const proof of ['', 'x', '{}', Buffer.from('null').toString('base64'), 'A'.repeat(10_000)])
      expect(await provenWork(keys, { formId, now, proof })).toBeNull()
    const easier = await proofOf((proof) =>
      JSON.parse(JSON.stringify(proof).replace('"cost":5000', '"cost":1')),
    )
    expect(await provenWork(keys, { formId, now, proof: easier })).toBeNull()
    const unsolved = await proofOf((proof) => ({
      ...proof,
      solution: { counter: 3, derivedKey: `00${'ab'.repeat(31)}` },
    }))
    expect(await provenWork(keys, { formId, now, proof: unsolved })).toBeNull()
  })
})
