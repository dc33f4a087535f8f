import { publicDns } from '../../src/fetching/dns-access.js'
import { type DnsServer, startDnsServer } from '../helpers/dns-server.js'

let server: DnsServer
const long = `v=DKIM1; p=${'A'.repeat(400)}`
beforeAll(async () => {
  server = await startDnsServer(
    new Map([
      ['TXT example.org', ['v=spf1 mx ~all', 'something else']],
      ['TXT s1._domainkey.example.org', [long]],
      ['MX example.org', ['mail.example.org']],
      ['MX null.example.org', ['']],
      ['A bare.example.org', ['192.0.2.1']],
      ['TXT empty.example.org', []],
      ['FAIL broken.example.org', []],
    ]),
  )
})
afterAll(() => server.close())

const dns = () => publicDns({ servers: [server.address] })

it('reads the texts of a name, put together from their pieces', async () => {
  expect((await dns().text('example.org')).toSorted()).toEqual(['something else', 'v=spf1 mx ~all'])
  expect(await dns().text('s1._domainkey.example.org')).toEqual([long])
})

it('takes a name that is not there, or has no such record, for one that says nothing', async () => {
  expect(await dns().text('nothing.example.org')).toEqual([])
  expect(await dns().text('empty.example.org')).toEqual([])
})

it('throws when the DNS cannot be asked', async () => {
  await expect(dns().text('broken.example.org')).rejects.toThrow()
}, 30_000)

it('tells where mail can be delivered: to an exchange or a bare address, but not where the exchange is empty', async () => {
  expect(await dns().takesMail('example.org')).toBe(true)
  expect(await dns().takesMail('bare.example.org')).toBe(true)
  expect(await dns().takesMail('null.example.org')).toBe(false)
  expect(await dns().takesMail('nothing.example.org')).toBe(false)
})
