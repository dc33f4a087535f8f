import { decodeText } from '../../src/fetching/decode-text.js'

const latin = (text: string) => Buffer.from(text, 'latin1')

it.each<[string, Uint8Array, string, string]>([
  ['UTF-8 without a word', Buffer.from('Plzeň'), 'text/html', 'Plzeň'],
  ['old pages without a word', latin('Málaga \x80'), 'text/html', 'Málaga €'],
  ['the header', latin('Málaga'), 'text/html; charset=ISO-8859-1', 'Málaga'],
  ['a quoted header', Buffer.from([0xf9]), 'text/html; Charset="windows-1250"', 'ů'],
  ['a meta', latin('<meta charset=iso-8859-1>é'), 'text/html', '<meta charset=iso-8859-1>é'],
  [
    'an old meta',
    latin('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">\xa4'),
    '',
    '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">€',
  ],
  [
    'an XML declaration',
    latin('<?xml version="1.0" encoding="ISO-8859-1"?>é'),
    '',
    '<?xml version="1.0" encoding="ISO-8859-1"?>é',
  ],
  ['a byte order mark against the header', Buffer.from('\ufeffé'), 'text/html; charset=iso-8859-1', 'é'],
  ['UTF-16', Buffer.from([0xff, 0xfe, 0x41, 0x00]), 'text/html', 'A'],
  ['a meta that cannot be true', Buffer.from('<meta charset="utf-16">ň'), '', '<meta charset="utf-16">ň'],
  ['an unknown label', Buffer.from('ň'), 'text/html; charset=klingon', 'ň'],
])('follows %s', (_what, bytes, type, wanted) => {
  expect(decodeText(bytes, type)).toBe(wanted)
})
