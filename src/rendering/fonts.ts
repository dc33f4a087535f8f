/** Fonts that nearly every mail program has, each with what stands in for it; nothing is loaded from anywhere. */
export const FONTS = {
  arial: { label: 'Arial', stack: 'Arial, Helvetica, sans-serif' },
  verdana: { label: 'Verdana', stack: 'Verdana, Geneva, sans-serif' },
  tahoma: { label: 'Tahoma', stack: 'Tahoma, Verdana, Geneva, sans-serif' },
  trebuchet: { label: 'Trebuchet', stack: "'Trebuchet MS', Verdana, Tahoma, sans-serif" },
  georgia: { label: 'Georgia', stack: "Georgia, 'Times New Roman', serif" },
  garamond: { label: 'Garamond', stack: "Garamond, 'EB Garamond', Georgia, 'Times New Roman', serif" },
  palatino: { label: 'Palatino', stack: "'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, serif" },
  times: { label: 'Times', stack: "'Times New Roman', Times, serif" },
  courier: { label: 'Courier', stack: "'Courier New', Courier, monospace" },
} as const

export type Font = keyof typeof FONTS
/** A font of the list, or what each design brings. */
export type FontChoice = Font | 'design'

export const FONT_CHOICES = ['design', ...Object.keys(FONTS)] as [FontChoice, ...FontChoice[]]

/** A font choice as it was stored; one that is no longer in the list is the design's own. */
export function fontChoice(stored: string): FontChoice {
  return FONT_CHOICES.find((choice) => choice === stored) ?? 'design'
}
