import type { RequestHandler } from 'express'
import { z } from 'zod'
import type { OpenForm } from '../../../audience/forms/find-form.js'
import { CORNERS, FormLook, THEMES } from '../../../audience/forms/form-look.js'
import type { Context } from '../../../context.js'
import { organisation } from '../../../issues/organisation.js'
import { type Palette, palette } from '../../../rendering/palette.js'

const Asked = z.object({
  accent: FormLook.shape.accent.catch(''),
  corners: z.enum(CORNERS).catch('soft'),
  theme: z.enum(THEMES).catch('auto'),
})
const FIELD_RADIUS = { soft: '.5rem', round: '1.5rem', square: '0' } as const
const BOX_RADIUS = { soft: '.9rem', round: '1.75rem', square: '0' } as const

/** `/f/look.css`: the colours of our own form pages, the brand's or those that the address names, and a simple look for forms that were copied without one. */
export function showLook(ctx: Pick<Context, 'db'>): RequestHandler {
  return async (req, res) => {
    const look = Asked.parse(req.query)
    const { primary_colour: primary, accent_colour: accent } = await organisation(ctx)
    const colours = palette({ primary: look.accent || primary, accent })
    res.set({ 'Cache-Control': 'public, max-age=300', 'Cross-Origin-Resource-Policy': 'cross-origin' })
    res.type('css').send(`${ours(colours, look)}${theirs('.carillon-form', colours, look)}`)
  }
}

/** Where the style sheet of a form's own page is, and the theme that it is bound to, or null. */
export function lookView({ content: { look } }: Pick<OpenForm, 'content'>) {
  const themes = { auto: null, light: 'carillon', dark: 'carillon-dark' } as const
  return { path: `/f/look.css?${new URLSearchParams(look).toString()}`, theme: themes[look.theme] }
}

/** The look of a form on another site, for its own HTML. */
export function embeddedLook({ slug, brand, content: { look } }: OpenForm): string {
  const colours = palette({ ...brand, primary: look.accent || brand.primary })
  return theirs(`.carillon-form[action$="/f/${slug}"]`, colours, look)
}

// The link colour is the brand's own, or the nearest shade of it that reads on paper; white reads on it as well.
function ours({ link, darkLink, onDarkLink }: Palette, { corners, theme }: FormLook): string {
  const shape = `--radius-field:${FIELD_RADIUS[corners]};--radius-box:${BOX_RADIUS[corners]}`
  const light = `--color-primary:${link};--color-primary-content:#ffffff`
  const dark = `--color-primary:${darkLink};--color-primary-content:${onDarkLink}`
  const onDark = theme === 'auto' ? `@media (prefers-color-scheme:dark){.sign-up{${dark}}}\n` : ''
  return `.sign-up{${theme === 'dark' ? dark : light};${shape}}\n${onDark}`
}

function theirs(form: string, { light, dark, ...colours }: Palette, { corners, theme }: FormLook): string {
  const isDark = theme === 'dark'
  const { paper, ink } = isDark ? dark : light
  const radius = FIELD_RADIUS[corners]
  const [button, onButton] = isDark ? [colours.darkLink, colours.onDarkLink] : [colours.link, '#fff']
  // Without a theme of its own a form has the colours of the page around it.
  const own =
    theme === 'auto' ? '' : `;padding:1.25rem;border-radius:${radius};background:${paper};color:${ink}`
  const input = theme === 'auto' ? '' : `;background:${paper};color:${ink}`
  return `${form}{max-width:34rem;line-height:1.5${own}}
${form} :is(p,fieldset){margin:0 0 1rem}
${form} fieldset{padding:.75rem 1rem;border:1px solid #8a969a;border-radius:${radius}}
${form} :is(input:not([type=checkbox]),select){box-sizing:border-box;width:100%;margin-top:.25rem;padding:.6rem .75rem;border:1px solid ${isDark ? '#8a969a' : '#6b7a80'};border-radius:${radius};font:inherit${input}}
${form} fieldset label{display:flex;gap:.6rem;align-items:baseline;padding:.25rem 0}
${form} button{padding:.7rem 1.25rem;border:0;border-radius:${radius};background:${button};color:${onButton};font:inherit;font-weight:600;cursor:pointer}
${form} :is(input,select,button):focus-visible{outline:3px solid ${button};outline-offset:2px}
`
}
