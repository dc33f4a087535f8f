/** How a mail program may show a mail. */
export const LOOKS = ['light', 'dark', 'inverted', 'no-images'] as const
export type MailLook = (typeof LOOKS)[number]

// What Outlook and some others do by themselves: everything is turned round but the pictures.
const INVERTED =
  '<style>html{background:#fff;filter:invert(1) hue-rotate(180deg)}img{filter:invert(1) hue-rotate(180deg)}</style>'

/** A mail's HTML as programs with dark looks of their own, with one of their own making, or with pictures switched off show it. */
export function mailAs(look: MailLook, html: string): string {
  switch (look) {
    case 'light':
      return html.replaceAll(/prefers-color-scheme:\s*dark/g, 'prefers-color-scheme: no-preference')
    case 'dark':
      return html.replaceAll(/\(\s*prefers-color-scheme:\s*dark\s*\)/g, '(min-width: 0)')
    case 'inverted':
      return mailAs('light', html).replace('</head>', `${INVERTED}</head>`)
    case 'no-images':
      return mailAs('light', html).replaceAll(/(<img\b[^>]*?)\ssrc="[^"]*"/g, '$1 src=""')
  }
}
