import type { Font } from './fonts.js'
import { hasTemplate, readTemplate } from './mail-templates.js'
import type { OwnTemplate } from './own-template/own-template.js'

/** A newsletter design: how an issue is dressed, whatever its blocks are. */
export type Design = {
  id: string
  name: string
  /** What it is for, in one sentence. */
  says: string
  /** The MJML around the blocks: `{{{blocks}}}` stands where they go, `{{{base}}}` where the head's common part goes (else at its top). */
  mjml: string
  /** The built-in design that says how each kind of block looks. */
  basis: BuiltInDesignId
  /** What it is set in unless the brand says otherwise. */
  fonts: { heading: Font; text: Font }
  /** What a designer has written instead of the MJML of this design; its blocks still look as here. */
  own?: OwnTemplate
}

type Registered = Omit<Design, 'mjml' | 'basis' | 'own'>

/** The designs that come with the product, in the order in which they are offered. */
export const BUILT_IN_DESIGNS = [
  {
    id: 'project',
    name: 'Project newsletter',
    says: 'News, stories and dates of a project under a strong masthead.',
    fonts: { heading: 'georgia', text: 'trebuchet' },
  },
  {
    id: 'digest',
    name: 'Digest',
    says: 'Many short items in little room, for readers who skim.',
    fonts: { heading: 'arial', text: 'arial' },
  },
  {
    id: 'invitation',
    name: 'Invitation',
    says: 'One event and one clear thing to do.',
    fonts: { heading: 'garamond', text: 'verdana' },
  },
  {
    id: 'letter',
    name: 'Letter',
    says: 'A personal letter with nearly no decoration.',
    fonts: { heading: 'georgia', text: 'georgia' },
  },
] as const satisfies readonly Registered[]

export type BuiltInDesignId = (typeof BUILT_IN_DESIGNS)[number]['id']

/** The design every issue has unless it names another one. */
export const DEFAULT_DESIGN: BuiltInDesignId = 'project'

/** Whether a design of that id comes with the product. */
export function isBuiltIn(id: string): id is BuiltInDesignId {
  return BUILT_IN_DESIGNS.some((design) => design.id === id)
}

const sources = new Map<string, string>()

/** A design that comes with the product, its MJML read once from templates/newsletters. */
export function builtInDesign(id: BuiltInDesignId): Design {
  const registered = BUILT_IN_DESIGNS.find((design) => design.id === id) as Registered
  const mjml = sources.get(id) ?? readTemplate(`newsletters/${id}.mjml`)
  sources.set(id, mjml)
  return { ...registered, mjml, basis: id }
}

const lookFiles = new Map<string, string>()

/** The file below templates/ that says how a kind of block looks in a design: one of the design's own, else the kind's. */
export function lookFile({ basis }: Pick<Design, 'basis'>, kind: string): string {
  const own = `newsletters/${basis}/${kind}.mjml`
  const file = lookFiles.get(own) ?? (hasTemplate(own) ? own : `blocks/${kind}/look.mjml`)
  lookFiles.set(own, file)
  return file
}
