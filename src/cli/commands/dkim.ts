import { Command } from 'commander'
import { readDkimKeys } from '../../config.js'
import { createDkimSigners, parseDkimKeys } from '../../smtp/dkim/dkim-keys.js'

/** `carillon dkim`: what has to stand in the DNS for the keys that are set. */
export function dkimCommand(): Command {
  return new Command('dkim').description('the DNS records of the keys in DKIM_KEYS').action(() => {
    const signers = createDkimSigners(parseDkimKeys(readDkimKeys()))
    const records = [...signers.values()].flatMap((signer) => signer.records)
    console.log(JSON.stringify(records.map(({ name, value }) => ({ name, type: 'TXT', value }))))
  })
}
