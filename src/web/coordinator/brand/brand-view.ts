import type { Organisation } from '../../../../db/tables/organisation.js'
import type { Context } from '../../../context.js'
import { designsOffered } from '../../../issues/designs.js'
import { fundingFaults } from '../../../issues/funding-faults.js'
import { pictureByAddress } from '../../../pictures/picture.js'
import { brandContrast } from '../../../rendering/brand-contrast.js'
import { FONT_CHOICES, FONTS } from '../../../rendering/fonts.js'
import { CO_FUNDED } from '../../../rendering/funding-words.js'
import { type BrandPreview, PREVIEWED, previewPath } from './shown-brand.js'

type Needs = Pick<Context, 'db'>

/** What stands beside the form and follows it: how well the colours read, what the funder's rules still ask for, the little newsletter. */
export async function brandLook(ctx: Needs, brand: Organisation, preview: BrandPreview) {
  const uses = brandContrast({ primary: brand.primary_colour, accent: brand.accent_colour })
  const emblem = await pictureByAddress(ctx, brand.emblem_url)
  return {
    previewPath: previewPath(brand, preview),
    screens: (['light', 'dark'] as const).map((screen) => ({
      name: screen === 'light' ? 'On light screens' : 'On dark screens',
      uses: uses.filter((use) => use.screen === screen),
    })),
    fundingFaults: fundingFaults(brand, emblem),
    hasEmblem: brand.emblem_url !== '',
  }
}

/** Everything that the brand page shows besides what was typed. */
export async function brandPage(ctx: Needs, brand: Organisation, preview: BrandPreview) {
  const fonts = FONT_CHOICES.map((value) => ({
    value,
    label: value === 'design' ? 'What each design brings' : FONTS[value].label,
  }))
  return {
    fonts,
    fundingWords: Object.values(CO_FUNDED),
    previewed: [...PREVIEWED, ...Object.keys(preview)].join(','),
    looks: [
      { value: 'light', label: 'Light', isChosen: preview.preview_look === 'light' },
      { value: 'dark', label: 'Dark', isChosen: preview.preview_look === 'dark' },
    ],
    designs: (await designsOffered(ctx)).map(({ id, name }) => ({ value: id, label: name })),
    preview,
    look: await brandLook(ctx, brand, preview),
  }
}
