import { z } from 'zod'

/** What JSON-LD says of an article, as far as we use it. */
export type LinkedFacts = {
  headline?: string
  description?: string
  image?: string
  datePublished?: string
  inLanguage?: string
}

const ARTICLE = /^(\w*Article|BlogPosting|Report|Event|WebPage|VideoObject|CreativeWork)$/
const DEEPEST = 4
const MOST_NODES = 500

const text = z.string().optional().catch(undefined)
const image: z.ZodType<string | undefined> = z
  .union([
    z.string(),
    z.object({ url: z.string() }).transform(({ url }) => url),
    z
      .array(z.unknown())
      .min(1)
      .transform(([first]) => image.parse(first)),
  ])
  .optional()
  .catch(undefined)
const Article = z.object({
  headline: text,
  name: text,
  description: text,
  image,
  datePublished: text,
  inLanguage: text,
})

/** The facts of the first article that a page's JSON-LD scripts describe; scripts that are no JSON are passed over. */
export function dataOf(scripts: readonly string[]): LinkedFacts {
  const nodes = scripts.flatMap((script) => nodesOf(parsed(script), 0)).slice(0, MOST_NODES)
  const article = nodes.find((node) => [node['@type']].flat().some((type) => ARTICLE.test(String(type))))
  if (!article) return {}
  const { name, ...facts } = Article.parse(article)
  const entries = Object.entries({ ...facts, headline: facts.headline ?? name })
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

type Node = Readonly<Record<string, unknown>>

function nodesOf(value: unknown, depth: number): Node[] {
  if (depth > DEEPEST || !value || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.slice(0, MOST_NODES).flatMap((one) => nodesOf(one, depth + 1))
  const node = value as Node
  return [node, ...nodesOf(node['@graph'], depth + 1), ...nodesOf(node['mainEntity'], depth + 1)]
}

function parsed(script: string): unknown {
  try {
    return JSON.parse(script.trim().replace(/^<!--|-->$/g, ''))
  } catch {
    return null
  }
}
