import type { CANIEMAIL } from './caniemail-facts.js'

export type FeatureName = keyof typeof CANIEMAIL

const property = (name: string) => new RegExp(`(?:^|[;{"'\\s])${name}\\s*:`, 'i')
const value = (name: string, values: string) =>
  new RegExp(`(?:^|[;{"'\\s])${name}\\s*:[^;}"']*(?:${values})`, 'i')
const element = (name: string) => new RegExp(`<${name}[\\s>/]`, 'i')
const picture = (extension: string) =>
  new RegExp(`<img\\b[^>]*\\bsrc=["'][^"'>]*\\.${extension}(?:[?#][^"'>]*)?["']`, 'i')

/** How a feature is recognised in the HTML of a mail, styles included. */
const SIGNS: Partial<Record<FeatureName, RegExp>> = {
  'css-animation': property('animation(?:-name)?'),
  'css-aspect-ratio': property('aspect-ratio'),
  'css-at-import': /@import\s/i,
  'css-at-font-face': /@font-face\s*\{/i,
  'css-background-blend-mode': property('background-blend-mode'),
  'css-clip-path': property('clip-path'),
  'css-column-count': property('column-count'),
  'css-conic-gradient': /conic-gradient\(/i,
  'css-linear-gradient': /linear-gradient\(/i,
  'css-radial-gradient': /radial-gradient\(/i,
  'css-display-flex': value('display', '(?:inline-)?flex'),
  'css-display-grid': value('display', '(?:inline-)?grid'),
  'css-grid-template': property('grid-template(?:-\\w+)?'),
  'css-filter': property('filter'),
  'css-backdrop-filter': property('backdrop-filter'),
  'css-float': value('float', 'left|right'),
  'css-function-clamp': /[\s:,(]clamp\(/i,
  'css-gap': property('(?:row-|column-)?gap'),
  'css-inset': property('inset'),
  'css-mask-image': property('(?:-webkit-)?mask(?:-image)?'),
  'css-mix-blend-mode': property('mix-blend-mode'),
  'css-object-fit': property('object-fit'),
  'css-opacity': property('opacity'),
  'css-position': value('position', 'absolute|relative|fixed|sticky'),
  'css-pseudo-class-hover': /:hover\b/i,
  'css-pseudo-class-checked': /:checked\b/i,
  'css-pseudo-element-after': /::?after\b/i,
  'css-pseudo-element-before': /::?before\b/i,
  'css-text-shadow': property('text-shadow'),
  'css-box-shadow': property('box-shadow'),
  'css-transform': property('transform'),
  'css-transition': property('transition(?:-\\w+)?'),
  'css-unit-calc': /[\s:,(]calc\(/i,
  'css-unit-vh': /[\s:]\d+(?:\.\d+)?vh\b/i,
  'css-unit-vw': /[\s:]\d+(?:\.\d+)?vw\b/i,
  'css-variables': /var\(\s*--/i,
  'css-writing-mode': property('writing-mode'),
  'css-z-index': property('z-index'),
  'html-audio': element('audio'),
  'html-video': element('video'),
  'html-form': element('form'),
  'html-input-text': element('input'),
  'html-select': element('select'),
  'html-textarea': element('textarea'),
  'html-button-submit': element('button'),
  'html-object': element('(?:object|embed|iframe)'),
  'html-picture': element('picture'),
  'html-svg': element('svg'),
  'html-dialog': element('dialog'),
  'html-marquee': element('marquee'),
  'image-avif': picture('avif'),
  'image-webp': picture('webp'),
  'image-svg': picture('svg'),
  'image-heif': picture('hei[cf]'),
  'image-tiff': picture('tiff?'),
  'image-mp4': picture('mp4'),
  'image-base64': /<img\b[^>]*\bsrc=["']data:/i,
}

/** The features of a piece of HTML or MJML that some program of the baseline does not know. */
export function usedFeatures(source: string): FeatureName[] {
  return (Object.keys(SIGNS) as FeatureName[]).filter((name) => SIGNS[name]?.test(source))
}
