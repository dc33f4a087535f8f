import { lookup } from 'node:dns/promises'
import { isPublicAddress } from './public-address.js'

/** The way to the web and its limits; part of the context, so that tests can hand in a web of their own. */
export type WebAccess = {
  /** Every address that a name stands for. */
  resolve(name: string): Promise<readonly string[]>
  mayReach(address: string): boolean
  ports: readonly number[]
  userAgent: string
}

/** The public web on its usual ports, visited under our own name. */
export function publicWeb({ publicUrl }: { publicUrl: string }): WebAccess {
  return {
    resolve: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
    mayReach: isPublicAddress,
    ports: [80, 443],
    userAgent: `Carillon/0.1 (newsletter service; +${publicUrl})`,
  }
}
