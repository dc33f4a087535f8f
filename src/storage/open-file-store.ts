import { openDiskStore } from './disk-store.js'
import type { FileStore } from './file-store.js'
import { openS3Store } from './s3-store.js'

/** The bucket when one is named, else the folder. */
export function openFileStore(place: { directory: string; s3Url: string | null }): FileStore {
  return place.s3Url ? openS3Store(place.s3Url) : openDiskStore(place.directory)
}
