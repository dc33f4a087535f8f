import type { IssueWithBlocks } from '../../../issues/issue.js'
import { FINDING_GROUPS, type Finding, type FindingGroup } from '../../../issues/preflight/finding.js'
import { languageName } from '../../../rendering/languages/language-tag.js'
import { kindInfo } from '../composer/block-menu.js'
import { type ComposerState, composerPath } from '../composer/composer-state.js'
import { languagePath } from '../languages/languages-view.js'

const GROUP_NAMES: Readonly<Record<FindingGroup, { label: string; icon: string }>> = {
  words: { label: 'Content', icon: 'text' },
  links: { label: 'Links', icon: 'link' },
  reading: { label: 'Readable for everybody', icon: 'accessibility' },
  arriving: { label: 'Arriving well', icon: 'mail-check' },
  sender: { label: 'Sender', icon: 'badge-check' },
  audience: { label: 'Audience', icon: 'users' },
}

/** The fields of the issue itself, as the composer calls them. */
const DETAILS: Readonly<Record<string, string>> = {
  subject: 'Subject',
  preheader: 'Preheader',
  from_name: 'Sender',
  from_email: 'Sender',
  listIds: 'Lists',
  language: 'Language',
  design: 'Design',
}

type FindingView = {
  isError: boolean
  message: string
  where: string
  line: number | null
  href: string | null
}

/** Findings of one kind, the errors first. */
export type FindingGroupView = { label: string; icon: string; findings: FindingView[] }

/** The findings in their groups, those with errors first, each with the way to the place where it is mended. */
export function findingGroups(
  issue: Pick<IssueWithBlocks, 'id' | 'blocks'>,
  findings: readonly Finding[],
  state: Partial<ComposerState>,
): FindingGroupView[] {
  return FINDING_GROUPS.map((group) => ({
    ...GROUP_NAMES[group],
    findings: findings
      .filter((finding) => finding.group === group)
      .map((finding) => findingView(issue, finding, state))
      .sort((one, other) => Number(other.isError) - Number(one.isError)),
  }))
    .filter((group) => group.findings.length > 0)
    .sort((one, other) => Number(hasErrors(other)) - Number(hasErrors(one)))
}

function hasErrors({ findings }: FindingGroupView): boolean {
  return findings.some(({ isError }) => isError)
}

function findingView(
  issue: Pick<IssueWithBlocks, 'id' | 'blocks'>,
  { severity, message, blockId, field, line, translation }: Finding,
  state: Partial<ComposerState>,
): FindingView {
  const block = issue.blocks.find(({ id }) => id === (translation ? translation.blockId : blockId))
  const detail = block ? undefined : DETAILS[field ?? '']
  const edit = block?.id ?? (detail ? 'details' : null)
  const place = block ? kindInfo(block.kind).label : (detail ?? '')
  const language = translation && languageName(translation.language)
  return {
    isError: severity === 'error',
    message: language && message.startsWith(`${language}: `) ? message.slice(language.length + 2) : message,
    where: [language, place].filter(Boolean).join(', '),
    line,
    href: translation
      ? languagePath(issue.id, translation.language) + (block ? `#block-${block.id}` : '')
      : hrefOf(issue.id, { field, edit, state }),
  }
}

type Place = { field: string | null; edit: string | null; state: Partial<ComposerState> }

function hrefOf(issueId: string, { field, edit, state }: Place): string | null {
  const language = /^language:(.+)$/.exec(field ?? '')?.[1]
  if (language) return languagePath(issueId, language)
  if (field === 'approval') return `/issues/${issueId}#approval`
  return edit ? composerPath(issueId, { ...state, add: null, edit }) : null
}
