import type { Problem } from '../issue-content.js'

/** A newsletter's frame that a designer has written, with a slot where the blocks of an issue go. */
export type OwnTemplate = { format: 'mjml' | 'html'; source: string }

/** Something wrong with a template; lines and columns count from 1. */
export type TemplateProblem = Pick<Problem, 'severity' | 'line' | 'column' | 'message'>

/** More than this is no template any more; in characters. */
export const LARGEST_TEMPLATE = 300_000
