// Made by .config/list-blocks.mjs from the folders here.
import { agenda } from './agenda/block.js'
import { button } from './button/block.js'
import { closing } from './closing/block.js'
import { divider } from './divider/block.js'
import { footer } from './footer/block.js'
import { gallery } from './gallery/block.js'
import { heading } from './heading/block.js'
import { image } from './image/block.js'
import { leadStory } from './lead-story/block.js'
import { masthead } from './masthead/block.js'
import { mjml } from './mjml/block.js'
import { newsList } from './news-list/block.js'
import { numbers } from './numbers/block.js'
import { person } from './person/block.js'
import { quote } from './quote/block.js'
import { social } from './social/block.js'
import { spacer } from './spacer/block.js'
import { stories } from './stories/block.js'
import { text } from './text/block.js'
import { video } from './video/block.js'

/** Every kind of block, by the name of its folder. */
export const blockDefinitions = {
  agenda,
  button,
  closing,
  divider,
  footer,
  gallery,
  heading,
  image,
  'lead-story': leadStory,
  masthead,
  mjml,
  'news-list': newsList,
  numbers,
  person,
  quote,
  social,
  spacer,
  stories,
  text,
  video,
} as const
