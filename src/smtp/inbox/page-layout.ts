import { html, type Markup } from './html.js'

/** Our own pages: the style sheet, the frame with a mail's HTML and forms to ourselves, nothing else. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

type Page = { title: string; content: Markup; refreshSeconds?: number }

/** Puts the content of a page into the inbox's frame and gives the whole document. */
export function pageLayout({ title, content, refreshSeconds }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${refreshSeconds !== undefined && html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
<title>${title} · Carillon inbox</title>
<link rel="icon" href="/bell.svg" type="image/svg+xml">
<link rel="stylesheet" href="/inbox.css">
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="bar">
<a class="brand" href="/">${bell()}<span>Carillon</span><span class="badge">inbox</span></a>
<p class="promise">Caught here. Nothing leaves this machine.</p>
</header>
<main id="content">
${content}
</main>
</body>
</html>
`.text
}

/** The bell as a picture of its own, for the tab of the browser. */
export function bellIcon(): string {
  return bell().text.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg" color="#a8651b"')
}

function bell(): Markup {
  return html`<svg class="bell" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" fill="currentColor">
<rect x="14" y="2" width="4" height="5" rx="2"/>
<path d="M16 5c-5.2 0-7.6 3.9-8 9.2-.3 4.600-1.300 6.600-3.700 8.300-1 .7-.6 2.500.7 2.500h22c1.300 0 1.700-1.800.7-2.500-2.400-1.700-3.400-3.700-3.700-8.300C23.600 8.900 21.200 5 16 5z"/>
<circle cx="16" cy="28" r="2.600"/>
</svg>`
}
