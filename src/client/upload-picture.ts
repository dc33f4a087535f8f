export type Uploaded = { id: string; url: string; alt: string }

const MAX_BYTES = 10_000_000
const NO_ANSWER = 'The upload broke off. Please check the connection and try again.'
const NOT_NOW = 'The server did not take it. Reload the page and try again; perhaps you are signed out.'

/** Uploads one picture and says how far it is, from 0 to 1; rejects with a sentence to be shown. */
export function uploadPicture(
  file: File,
  { token, progress }: { token: string; progress(share: number): void },
): Promise<Uploaded> {
  if (file.size > MAX_BYTES) return Promise.reject(new Error('A picture may weigh at most 10 MB.'))
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/pictures')
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('X-CSRF-Token', token)
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(loaded / total))
    request.addEventListener('error', () => reject(new Error(NO_ANSWER)))
    request.addEventListener('load', () => {
      const answer = request.response as (Uploaded & { errors?: Record<string, string> }) | null
      if (request.status === 201 && answer) resolve(answer)
      else reject(new Error(Object.values(answer?.errors ?? {}).join(' ') || NOT_NOW))
    })
    const body = new FormData()
    body.set('picture', file, file.name)
    request.send(body)
  })
}
