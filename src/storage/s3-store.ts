import { S3mini } from 's3mini'
import { ConfigError } from '../config-error.js'
import type { FileStore } from './file-store.js'

const ANSWER_WITHIN_MS = 15_000
const DEFAULT_REGION = 'us-east-1'
const EXPECTED = 'PICTURES_S3_URL: use https://KEY:SECRET@host/bucket?region=eu-north-1.'

/** Keeps files in a bucket of any S3-compatible store. Throws `ConfigError`, which quotes nothing of the address. */
export function openS3Store(address: string): FileStore {
  const s3 = new S3mini({ ...parseS3Url(address), requestAbortTimeout: ANSWER_WITHIN_MS })
  return {
    put: async (name, { bytes, type }) => {
      await s3.putObject(name, new Uint8Array(bytes), type)
    },
    get: async (name) => {
      const found = await s3.getObjectArrayBuffer(name)
      return found && Buffer.from(found)
    },
    remove: async (name) => {
      await s3.deleteObject(name)
    },
  }
}

function parseS3Url(address: string) {
  const url = URL.parse(address)
  const bucket = url?.pathname.replace(/\/+$/, '')
  if (!url || !/^https?:$/.test(url.protocol) || !bucket || !url.username || !url.password)
    throw new ConfigError(EXPECTED)
  return {
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    endpoint: `${url.protocol}//${url.host}${bucket}`,
    region: url.searchParams.get('region') ?? DEFAULT_REGION,
  }
}
