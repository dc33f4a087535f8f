import preset from 'mjml-preset-core'

/** A tag of MJML as an editor offers it: what may stand in it, and its attributes with their values where there are but a few. */
export type MjmlTag = { children: string[]; attrs: Record<string, string[] | null> }

const EVERYWHERE = { 'css-class': null, 'mj-class': null }

/** The tags that the installed MJML knows, by name. */
export const MJML_TAGS: Readonly<Record<string, MjmlTag>> = Object.fromEntries([
  ['mjml', { children: ['mj-head', 'mj-body'], attrs: { lang: null, dir: ['ltr', 'rtl', 'auto'] } }],
  ...preset.components.map(({ componentName, allowedAttributes = {} }): [string, MjmlTag] => {
    const attrs = Object.entries(allowedAttributes).map(([name, type]) => [name, valuesOf(type)])
    const isInBody = !/^mj-(?:head|attributes|breakpoint|font|preview|style|title|html-attributes)$/.test(
      componentName,
    )
    return [
      componentName,
      {
        children: childrenOf(componentName),
        attrs: { ...Object.fromEntries(attrs), ...(isInBody && EVERYWHERE) },
      },
    ]
  }),
])

function childrenOf(name: string): string[] {
  const all = preset.components.map(({ componentName }) => componentName)
  const allowed = preset.dependencies[name] ?? []
  return allowed.flatMap((child) =>
    typeof child === 'string' ? [child] : name === 'mj-attributes' ? ['mj-all', ...all] : [],
  )
}

function valuesOf(type: string): string[] | null {
  const values = /^enum\(([^)]*)\)/.exec(type)?.[1]
  if (values === undefined) return type === 'boolean' ? ['true', 'false'] : null
  return values.split(',').filter(Boolean)
}
