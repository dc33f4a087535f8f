import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFileStore } from '../../src/storage/open-file-store.js'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'carillon-store-'))
})
afterAll(() => rm(home, { recursive: true }))

it('writes, reads and removes files in a folder that it makes itself', async () => {
  const directory = join(home, 'deep/pictures')
  const store = openFileStore({ directory, s3Url: null })
  expect(await store.get('bell.png')).toBeNull()
  await store.put('bell.png', { bytes: Buffer.from('one'), type: 'image/png' })
  await store.put('bell.png', { bytes: Buffer.from('one'), type: 'image/png' })
  expect(await store.get('bell.png')).toEqual(Buffer.from('one'))
  expect(await readdir(directory)).toEqual(['bell.png'])
  await store.remove('bell.png')
  await store.remove('bell.png')
  expect(await readdir(directory)).toEqual([])
})

it.each(['../bell.png', '/etc/passwd', '.hidden', ''])('has no file called “%s”', async (name) => {
  const store = openFileStore({ directory: home, s3Url: null })
  await expect(async () => store.get(name)).rejects.toThrow('plain name')
})
