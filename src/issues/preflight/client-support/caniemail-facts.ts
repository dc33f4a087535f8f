/** A feature of HTML and CSS in mail: what caniemail.com calls it, and the programs of our baseline in which it does nothing. */
export type FeatureFacts = { title: string; missing: readonly string[] }

/**
 * Facts of caniemail.com (its data are under the MIT licence), state of 2026-05-13, for the programs in which most newsletters are read: Gmail on
 * the web and as an app, Outlook for Windows, for Mac and on the web, Apple Mail, Mail of the iPhone, Yahoo Mail, Thunderbird, Samsung Email.
 */
export const CANIEMAIL = {
  'css-animation': {
    title: 'animation',
    missing: [
      'Gmail',
      'Gmail’s app',
      'Outlook for Windows',
      'Outlook.com',
      'Outlook for Mac',
      'Yahoo Mail',
      'Thunderbird',
    ],
  },
  'css-aspect-ratio': {
    title: 'aspect-ratio',
    missing: [
      'Gmail',
      'Gmail’s app',
      'Outlook for Windows',
      'Outlook.com',
      'Outlook for Mac',
      'Yahoo Mail',
      'Thunderbird',
      'Samsung Email',
    ],
  },
  'css-at-font-face': {
    title: '@font-face',
    missing: ['Gmail', 'Gmail’s app', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-at-import': {
    title: '@import',
    missing: [
      'Gmail',
      'Gmail’s app',
      'Outlook.com',
      'Outlook for Mac',
      'Yahoo Mail',
      'Thunderbird',
      'Samsung Email',
    ],
  },
  'css-background-blend-mode': {
    title: 'background-blend-mode',
    missing: ['Outlook for Windows', 'Yahoo Mail'],
  },
  'css-background-image': { title: 'background-image', missing: ['Outlook for Windows'] },
  'css-box-shadow': { title: 'box-shadow', missing: ['Gmail', 'Outlook for Windows', 'Yahoo Mail'] },
  'css-clip-path': {
    title: 'clip-path',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-column-count': { title: 'column-count', missing: ['Outlook for Windows', 'Yahoo Mail'] },
  'css-conic-gradient': {
    title: 'conic-gradient()',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-display-flex': { title: 'display:flex', missing: ['Outlook for Windows'] },
  'css-display-grid': { title: 'display:grid', missing: ['Outlook for Windows'] },
  'css-filter': {
    title: 'filter',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-backdrop-filter': {
    title: 'backdrop-filter',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Yahoo Mail'],
  },
  'css-float': { title: 'float', missing: ['Outlook for Windows'] },
  'css-function-clamp': {
    title: 'clamp()',
    missing: ['Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-function-max': {
    title: 'max()',
    missing: ['Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-function-min': {
    title: 'min()',
    missing: ['Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-gap': { title: 'gap, column-gap, row-gap', missing: ['Outlook for Windows', 'Yahoo Mail'] },
  'css-grid-template': {
    title: 'grid-template-* properties',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-inset': {
    title: 'inset',
    missing: [
      'Gmail',
      'Gmail’s app',
      'Outlook for Windows',
      'Outlook.com',
      'Outlook for Mac',
      'Yahoo Mail',
      'Samsung Email',
    ],
  },
  'css-linear-gradient': {
    title: 'linear-gradient()',
    missing: ['Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-radial-gradient': {
    title: 'radial-gradient()',
    missing: ['Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-list-style-image': {
    title: 'list-style-image',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-mask-image': {
    title: 'mask-image',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Yahoo Mail'],
  },
  'css-mix-blend-mode': { title: 'mix-blend-mode', missing: ['Outlook for Windows', 'Yahoo Mail'] },
  'css-object-fit': { title: 'object-fit', missing: ['Outlook for Windows', 'Yahoo Mail'] },
  'css-opacity': { title: 'opacity', missing: ['Outlook for Windows'] },
  'css-outline': { title: 'outline', missing: ['Outlook for Windows'] },
  'css-overflow': { title: 'overflow', missing: ['Outlook for Windows'] },
  'css-position': { title: 'position', missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows'] },
  'css-pseudo-class-hover': { title: ':hover', missing: ['Outlook for Windows'] },
  'css-pseudo-class-checked': { title: ':checked', missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows'] },
  'css-pseudo-element-after': {
    title: '::after',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Yahoo Mail'],
  },
  'css-pseudo-element-before': {
    title: '::before',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Yahoo Mail'],
  },
  'css-text-shadow': {
    title: 'text-shadow',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac'],
  },
  'css-transform': {
    title: 'transform',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-transition': {
    title: 'transition',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac'],
  },
  'css-unit-calc': {
    title: 'CSS calc() function',
    missing: ['Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-unit-vh': { title: 'vh unit', missing: ['Outlook for Windows'] },
  'css-unit-vw': { title: 'vw unit', missing: ['Outlook for Windows'] },
  'css-variables': {
    title: 'CSS Variables (Custom Properties)',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'css-writing-mode': { title: 'writing-mode', missing: ['Outlook for Windows', 'Yahoo Mail'] },
  'css-z-index': { title: 'z-index', missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows'] },
  'html-audio': {
    title: '<audio> element',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'html-form': { title: '<form> element', missing: ['Outlook for Windows'] },
  'html-input-text': {
    title: '<input type="text"> element',
    missing: ['Outlook for Windows', 'Samsung Email'],
  },
  'html-select': { title: '<select> element', missing: ['Outlook for Windows'] },
  'html-textarea': { title: '<textarea> element', missing: ['Outlook for Windows', 'Samsung Email'] },
  'html-button-submit': {
    title: '<button type="submit"> element',
    missing: ['Outlook for Windows', 'Outlook.com', 'Outlook for Mac'],
  },
  'html-object': {
    title: '<object> element',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'html-picture': {
    title: '<picture> element',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'html-srcset': {
    title: 'srcset and sizes attributes',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'html-svg': {
    title: 'Embedded <svg> image',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'html-video': {
    title: '<video> element',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows', 'Outlook.com', 'Yahoo Mail'],
  },
  'html-marquee': { title: '<marquee> element', missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows'] },
  'html-dialog': {
    title: '<dialog> element',
    missing: ['Gmail', 'Outlook for Windows', 'Outlook.com', 'Outlook for Mac', 'Yahoo Mail'],
  },
  'image-avif': { title: 'AVIF image format', missing: ['Outlook for Windows'] },
  'image-webp': { title: 'webP image format', missing: ['Outlook for Windows'] },
  'image-svg': { title: 'SVG image format', missing: ['Gmail'] },
  'image-base64': { title: 'Base 64 image format', missing: ['Gmail', 'Gmail’s app'] },
  'image-apng': {
    title: 'Animated PNG image format',
    missing: ['Gmail', 'Gmail’s app', 'Outlook for Windows'],
  },
  'image-heif': {
    title: 'HEIF image format',
    missing: ['Outlook for Windows', 'Outlook.com', 'Thunderbird', 'Samsung Email'],
  },
  'image-mp4': {
    title: 'Video as Image Assets',
    missing: [
      'Gmail',
      'Gmail’s app',
      'Outlook for Windows',
      'Outlook for Mac',
      'Thunderbird',
      'Samsung Email',
    ],
  },
  'image-tiff': {
    title: 'TIFF image format',
    missing: ['Outlook for Windows', 'Outlook.com', 'Yahoo Mail', 'Thunderbird', 'Samsung Email'],
  },
} as const satisfies Readonly<Record<string, FeatureFacts>>
