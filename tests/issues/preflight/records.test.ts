import fc from 'fast-check'
import { askDomain } from '../../../src/issues/preflight/sender-domain/ask-domain.js'
import {
  isAligned,
  isDmarc,
  isExampleDomain,
  isSpf,
  readTags,
  spfTerms,
} from '../../../src/issues/preflight/sender-domain/read-records.js'
import { createTestDns } from '../../helpers/test-dns.js'

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/)

describe('lists of tags', () => {
  it('are read whatever the white space, unknown tags too', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(word, word), { selector: ([name]) => name, minLength: 1 }),
        (tags) => {
          const record = tags.map(([name, value]) => ` ${name} = ${value} `).join(';')
          expect([...(readTags(record) ?? [])]).toEqual(tags)
          expect([...(readTags(`${record};`) ?? [])]).toEqual(tags)
        },
      ),
    )
  })

  it('are none when a tag comes twice or has no name', () => {
    expect(readTags('p=none; p=reject')).toBeNull()
    expect(readTags('hello')).toBeNull()
    fc.assert(fc.property(fc.string(), (text) => readTags(text) === null || (readTags(text)?.size ?? 0) > 0))
  })

  it('of DMARC begin with the version, and need not know pct', () => {
    expect(isDmarc('v=DMARC1; p=none; pct=50; new=1')).toBe(true)
    expect(isDmarc('p=none; v=DMARC1')).toBe(false)
    expect(isDmarc('v=DMARC10; p=none')).toBe(false)
  })
})

it('reads the terms of SPF', () => {
  expect(isSpf('v=spf1')).toBe(true)
  expect(isSpf('v=spf10 all')).toBe(false)
  expect(
    spfTerms('v=spf1 +mx include:_spf.example.net ip4:192.0.2.0/24 redirect=other.example -all'),
  ).toEqual([
    { qualifier: '+', name: 'mx', value: '' },
    { qualifier: '+', name: 'include', value: '_spf.example.net' },
    { qualifier: '+', name: 'ip4', value: '192.0.2.0/24' },
    { qualifier: '+', name: 'redirect', value: 'other.example' },
    { qualifier: '-', name: 'all', value: '' },
  ])
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(spfTerms(text))))
})

it('tells which domains belong together', () => {
  expect(isAligned('news.town.fi', 'bounce.news.town.fi', 'news.town.fi')).toBe(true)
  expect(isAligned('news.town.fi', 'bounce.town.fi', 'town.fi')).toBe(true)
  expect(isAligned('news.town.fi', 'bounce.town.fi', 'news.town.fi')).toBe(false)
  expect(isAligned('town.fi', 'othertown.fi', 'town.fi')).toBe(false)
  expect(isExampleDomain('news.example.org')).toBe(true)
  expect(isExampleDomain('examples.org')).toBe(false)
})

describe('asking for a domain', () => {
  it('walks up the tree to the policy, and counts what SPF asks again', async () => {
    const dns = createTestDns()
    dns.records.set('news.town.fi', ['v=spf1 include:a.net mx -all', 'unrelated'])
    dns.records.set('a.net', ['v=spf1 include:b.net a -all'])
    dns.records.set('b.net', ['v=spf1 ip4:192.0.2.1 -all'])
    dns.records.set('_dmarc.town.fi', ['v=DMARC1; p=quarantine'])
    dns.records.set('s1._domainkey.news.town.fi', ['v=DKIM1; p=AAA'])
    dns.mail.add('news.town.fi')
    const keys = [{ name: 's1._domainkey.news.town.fi', value: 'v=DKIM1; p=BBB' }]
    expect(await askDomain(dns, { domain: 'news.town.fi', bounceDomain: null, keys })).toEqual({
      trouble: null,
      spf: { domain: 'news.town.fi', records: ['v=spf1 include:a.net mx -all'], lookups: 4 },
      dmarc: { name: 'town.fi', records: ['v=DMARC1; p=quarantine'] },
      organization: 'town.fi',
      dkim: [{ name: 's1._domainkey.news.town.fi', expected: 'v=DKIM1; p=BBB', found: ['v=DKIM1; p=AAA'] }],
      takesMail: true,
      bouncesArrive: true,
    })
  })

  it('ends although records lead in a circle', async () => {
    const dns = createTestDns()
    dns.records.set('a.fi', ['v=spf1 include:b.fi -all'])
    dns.records.set('b.fi', ['v=spf1 include:a.fi -all'])
    const { spf } = await askDomain(dns, { domain: 'a.fi', bounceDomain: null, keys: [] })
    expect(spf.lookups).toBe(11)
  })

  it('stops at a registry, and says when the DNS is out of reach', async () => {
    const dns = createTestDns()
    dns.records.set('_dmarc.fi', ['v=DMARC1; p=reject; psd=y'])
    const asked = { domain: 'town.co.fi', bounceDomain: 'bounce.town.co.fi', keys: [] }
    expect(await askDomain(dns, asked)).toMatchObject({ dmarc: null, organization: 'town.co.fi' })
    dns.records.set('_dmarc.town.co.fi', new Error('ETIMEOUT'))
    expect(await askDomain(dns, asked)).toMatchObject({ trouble: 'The DNS could not be asked.' })
  })
})
