import type { Context } from '../context.js'
import { NotFoundError } from '../errors.js'
import { typeOfName } from './picture-name.js'

/** A picture's bytes and type by the name in its address; throws `NotFoundError`. */
export async function pictureFile(
  { files }: Pick<Context, 'files'>,
  name: string,
): Promise<{ bytes: Buffer; type: string }> {
  const type = typeOfName(name)
  const bytes = type && (await files.get(name))
  if (!type || !bytes) throw new NotFoundError('There is no such picture.')
  return { bytes, type }
}
