import type { ParsedMessage } from './parse-message.js'

/**
 * What the frame with a mail's HTML may do: show remote images and inline styles, and open links in a new tab. No script,
 * form, font, frame or base address; the same holds when somebody opens the document outside the frame.
 */
export const BODY_POLICY =
  "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; " +
  "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

/** Gives the HTML of a message for the frame: links open in a new tab, pictures inside the mail are put in their places. */
export function bodyDocument({ html, attachments }: Pick<ParsedMessage, 'html' | 'attachments'>): string {
  const withTarget = (html ?? '').replace(
    /^\s*(<!doctype[^>]*>)?/i,
    (start) => `${start}<base target="_blank">`,
  )
  return attachments.reduce((document, { contentId, mimeType, content }) => {
    const isPicture = contentId && /^image\/[a-z0-9.+-]+$/i.test(mimeType)
    if (!isPicture || !document.includes(`cid:${contentId}`)) return document
    return document.replaceAll(
      `cid:${contentId}`,
      () => `data:${mimeType};base64,${content.toString('base64')}`,
    )
  }, withTarget)
}
