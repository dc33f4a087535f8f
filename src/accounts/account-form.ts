import { z } from 'zod'
import { NewPassword } from './password.js'

/** A time zone of the IANA database, such as Europe/Helsinki. */
export const TimeZone = z.string().refine(isTimeZone, 'Choose a time zone from the list.')

/** How an account is called and where it lives. */
export const AccountForm = z.object({
  name: z.string().trim().min(1, 'Tell us your name.').max(100, 'Keep this below 100 characters.'),
  email: z.email('Enter one complete e-mail address.').max(254),
  time_zone: TimeZone,
})

/** What somebody fills in who opens a link to a new account. */
export const NewAccountForm = AccountForm.extend({ password: NewPassword })

/** What somebody fills in who opens a link to a new password. */
export const PasswordForm = z.object({ password: NewPassword })

export type AccountInput = z.infer<typeof AccountForm>
export type NewAccountInput = z.infer<typeof NewAccountForm>

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name !== ''
  } catch {
    return false
  }
}
