import { sql } from 'kysely'
import type { Erasing } from './erasing.js'

/** Forgets sign-ups that no job has taken yet, and mails that would have given the address to another person. */
export async function forgetSignUps({ tx, spellings }: Erasing): Promise<void> {
  await sql`delete from sign_up where lower(email) = any (${spellings}::text[])`.execute(tx)
  await sql`delete from subscriber_mail where lower(address) = any (${spellings}::text[])`.execute(tx)
}
