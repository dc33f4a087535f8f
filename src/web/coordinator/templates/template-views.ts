import type { CheckedTemplate } from '../../../rendering/own-template/check-template.js'

/** How a template can be looked at. */
export const TEMPLATE_VIEWS = ['desktop', 'phone', 'dark', 'inverted', 'no-images'] as const
export type TemplateView = (typeof TEMPLATE_VIEWS)[number]

const NAMES: Readonly<Record<TemplateView, { label: string; icon: string; says: string }>> = {
  desktop: { label: 'Desktop', icon: 'monitor', says: 'On a wide screen' },
  phone: { label: 'Phone', icon: 'smartphone', says: 'On a phone' },
  dark: { label: 'Dark', icon: 'moon', says: 'As designed for dark screens' },
  inverted: { label: 'Inverted', icon: 'contrast', says: 'As programs show it that turn the colours round' },
  'no-images': { label: 'No pictures', icon: 'image-off', says: 'With pictures switched off' },
}

/** The tabs over the preview of a template and the address of what they show. */
export function viewTabs(
  path: string,
  view: TemplateView,
): { tabs: object[]; src: string; isPhone: boolean } {
  const lookOf = (name: TemplateView) => (name === 'desktop' || name === 'phone' ? 'light' : name)
  return {
    tabs: TEMPLATE_VIEWS.map((name) => ({
      ...NAMES[name],
      href: `${path}?view=${name}`,
      look: lookOf(name),
      view: name,
      isCurrent: name === view,
    })),
    src: `${path}/preview?look=${lookOf(view)}`,
    isPhone: view === 'phone',
  }
}

/** What is wrong with a template, for its page and for the editor in it. */
export function problemsView({ problems, isUsable }: CheckedTemplate) {
  return {
    isUsable,
    problems: problems.map(({ severity, line, column, message }) => ({
      isError: severity === 'error',
      where: line === null ? '' : 'Template',
      line,
      column,
      message,
    })),
    errorCount: problems.filter(({ severity }) => severity === 'error').length,
  }
}
