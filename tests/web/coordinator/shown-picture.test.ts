import { shownPicture } from '../../../src/web/coordinator/shown-picture.js'

const ours = { publicUrl: 'http://localhost:3000' }

it.each([
  ['https://elsewhere.example/a.png', 'https://elsewhere.example/a.png'],
  ['http://localhost:3000/pictures/a.png', 'http://localhost:3000/pictures/a.png'],
  ['http://elsewhere.example/a.png', null],
  ['http://localhost:3001/a.png', null],
  ['data:image/png;base64,x', null],
  ['', null],
])('shows %s as %s', (url, shown) => {
  expect(shownPicture(url, ours)).toBe(shown)
})
