import { chmod, stat } from 'node:fs/promises'
import { type Account, runAs } from './run-as.js'

/** Says whether an account can enter a folder; asked of the operating system, so access lists and mounts count too. */
export async function mayEnter(account: Account | undefined, folder: string): Promise<boolean> {
  if (!account) return true
  const { code } = await runAs({
    command: '/bin/sh',
    args: ['-c', 'cd "$1"', 'sh', folder],
    account,
    cwd: '/',
  })
  return code === 0
}

/** Lets other accounts pass through a folder of ours without listing it (mode 0700 becomes 0711); leaves foreign folders alone. */
export async function openForPassage(folder: string): Promise<void> {
  const { uid, mode } = await stat(folder)
  if (uid === process.getuid?.()) await chmod(folder, (mode & 0o777) | 0o011)
}
