import type { RequestHandler } from 'express'
import type { Context } from '../../../context.js'
import { organisation } from '../../../issues/organisation.js'
import { palette } from '../../../rendering/palette.js'

/** `/f/look.css`: the brand's colours for our own form pages, and a simple look for forms on other sites. */
export function showLook(ctx: Pick<Context, 'db'>): RequestHandler {
  return async (_req, res) => {
    const { primary_colour: primary, accent_colour: accent } = await organisation(ctx)
    const { link, darkLink, onDarkLink } = palette({ primary, accent })
    res.set({ 'Cache-Control': 'public, max-age=300', 'Cross-Origin-Resource-Policy': 'cross-origin' })
    res.type('css').send(`${ours(link, darkLink, onDarkLink)}${theirs(link)}`)
  }
}

// The link colour is the brand's own, or the nearest shade of it that reads on paper; white reads on it as well.
function ours(light: string, dark: string, onDark: string): string {
  return `.sign-up{--color-primary:${light};--color-primary-content:#ffffff}
@media (prefers-color-scheme:dark){.sign-up{--color-primary:${dark};--color-primary-content:${onDark}}}
`
}

function theirs(colour: string): string {
  return `.carillon-form{max-width:34rem;line-height:1.5}
.carillon-form :is(p,fieldset){margin:0 0 1rem}
.carillon-form fieldset{padding:.75rem 1rem;border:1px solid #8a969a;border-radius:.5rem}
.carillon-form :is(input:not([type=checkbox]),select){box-sizing:border-box;width:100%;margin-top:.25rem;padding:.6rem .75rem;border:1px solid #6b7a80;border-radius:.5rem;font:inherit}
.carillon-form fieldset label{display:flex;gap:.6rem;align-items:baseline;padding:.25rem 0}
.carillon-form button{padding:.7rem 1.25rem;border:0;border-radius:.5rem;background:${colour};color:#fff;font:inherit;font-weight:600;cursor:pointer}
.carillon-form :is(input,select,button):focus-visible{outline:3px solid ${colour};outline-offset:2px}
`
}
