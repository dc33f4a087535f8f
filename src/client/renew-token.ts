/**
 * Fetches the token of whoever is signed in now, for all forms of the page: after signing in anew the one they were made with has run out.
 * Whether there is a new one is what it returns; signed out, there is none.
 */
export async function renewToken(): Promise<boolean> {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } })
  if (!answer.ok || answer.redirected) return false
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const token = page.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value
  const inputs = [...document.querySelectorAll<HTMLInputElement>('input[name="_csrf"]')]
  if (!token || inputs.every(({ value }) => value === token)) return false
  for (const input of inputs) input.value = token
  document.body.setAttribute('hx-headers', JSON.stringify({ 'X-CSRF-Token': token }))
  return true
}
