import { Command } from 'commander'
import { readDkimKeys } from '../../config.js'
import { dkimRecord, parseDkimKeys } from '../../smtp/dkim/dkim-keys.js'

/** `carillon dkim`: what has to stand in the DNS for the keys that are set. */
export function dkimCommand(): Command {
  return new Command('dkim').description('the DNS records of the keys in DKIM_KEYS').action(() => {
    const keys = [...parseDkimKeys(readDkimKeys())]
    const records = keys.flatMap(([domain, own]) =>
      own.map((key) => ({
        name: `${key.selector}._domainkey.${domain}`,
        type: 'TXT',
        value: dkimRecord(key),
      })),
    )
    console.log(JSON.stringify(records))
  })
}
