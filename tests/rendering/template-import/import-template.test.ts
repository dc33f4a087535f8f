import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { mergeFieldNames } from '../../../src/rendering/compile-edition.js'
import { parseMerge } from '../../../src/rendering/merge/parse-merge.js'
import { importTemplate } from '../../../src/rendering/template-import/import-template.js'
import type { ImportedTemplate } from '../../../src/rendering/template-import/imported-template.js'

const textOf = (imported: ImportedTemplate) => (imported.format === 'mjml' ? imported.mjml : imported.html)
const translated = (source: string) => textOf(importTemplate(source))
const entries = (source: string) => importTemplate(source).report.filter(({ tag }) => tag !== '')

// What stands here has one entry of its own: the rest of the template has nothing to say.
const QUIET = '<a href="{{ links.UNSUBSCRIBE }}">x</a>'

it.each([
  // Brevo
  ['{{ contact.EMAIL }}', '{{ contact.EMAIL }}'],
  ['{{contact.EMAIL}}', '{{contact.EMAIL}}'],
  ['{{ contact.firstname }}', '{{ contact.FIRSTNAME }}'],
  ["{{ contact.FIRSTNAME|default:'there' }}", "{{ contact.FIRSTNAME|default:'there' }}"],
  ['{{ contact.FIRSTNAME | default : "there" }}', '{{ contact.FIRSTNAME | default : "there" }}'],
  ['{{ contact.firstname | default("there") }}', '<<contact.FIRSTNAME | default: "there">>'],
  ['{{ contact.FIRSTNAME|default:&quot;there&quot; }}', '<<contact.FIRSTNAME | default: "there">>'],
  ['&#123;&#123; contact.CITY &#125;&#125;', '{{ contact.CITY }}'],
  ['&lt;&lt;contact.CITY&gt;&gt;', '{{ contact.CITY }}'],
  ['{{{ contact.CITY }}}', '{{ contact.CITY }}'],
  ['{{\n  contact.city\n}}', '{{ contact.CITY }}'],
  ['{{ contact.FIRSTNAME|upper }}', '{{ contact.FIRSTNAME }}'],
  ["{{ contact.FIRSTNAME|lower|default:'x' }}", '<<contact.FIRSTNAME | default: "x">>'],
  ['{{ unsubscribe }}', '{{ links.UNSUBSCRIBE }}'],
  ['{{unsubscribe_link}}', '{{ links.UNSUBSCRIBE }}'],
  ['{{ mirror }}', '{{ links.WEBVIEW }}'],
  ['{{ update_profile }}', '{{ links.PREFERENCES }}'],
  ['<a href="[UNSUBSCRIBE]">', '<a href="{{ links.UNSUBSCRIBE }}">'],
  ["<a href='[MIRROR]'>", "<a href='{{ links.WEBVIEW }}'>"],
  ['<a href="[UPDATE_PROFILE]">', '<a href="{{ links.PREFERENCES }}">'],
  ['<a href="%7B%7B%20unsubscribe%20%7D%7D">', '<a href="{{ links.UNSUBSCRIBE }}">'],
  ['<a href={{ unsubscribe }}>', '<a href="{{ links.UNSUBSCRIBE }}">'],
  ['[UNSUBSCRIBE]', '[UNSUBSCRIBE]'],
  ['{% if contact.CITY %}a{% endif %}', '<<#if contact.CITY>>a<</if>>'],
  ['{%if contact.CITY%}a{%else%}b{%endif%}', '<<#if contact.CITY>>a<<else>>b<</if>>'],
  [
    '{% if contact.A %}a{% elif contact.B %}b{% else %}c{% endif %}',
    '<<#if contact.A>>a<<else>><<#if contact.B>>b<<else>>c<</if>><</if>>',
  ],
  ['{% if not contact.A %}a{% endif %}', '<<#if contact.A>><<else>>a<</if>>'],
  [
    '{% if not contact.A %}a{% else %}b{% endif %}',
    '<<#if contact.A>><<else>>a<</if>><<#if contact.A>>b<</if>>',
  ],
  ['{% if contact.A != "" %}a{% endif %}', '<<#if contact.A>>a<</if>>'],
  ["{% if contact.A == '' %}a{% endif %}", '<<#if contact.A>><<else>>a<</if>>'],
  ['{% if contact.A and contact.B %}a{% endif %}', '<<#if contact.A>><<#if contact.B>>a<</if>><</if>>'],
  ['{# seen by nobody #}', ''],
  // Mailchimp
  ['*|EMAIL|*', '{{ contact.EMAIL }}'],
  ['*|FNAME|*', '{{ contact.FIRSTNAME }}'],
  ['*|LNAME|*', '{{ contact.LASTNAME }}'],
  ['*|CITY|*', '{{ contact.CITY }}'],
  ['*|MERGE3|*', '{{ contact.MERGE3 }}'],
  ['*&#124;FNAME&#124;*', '{{ contact.FIRSTNAME }}'],
  ['*|UPPER:FNAME|*', '{{ contact.FIRSTNAME }}'],
  ['*|TITLE:LNAME|*', '{{ contact.LASTNAME }}'],
  ['<a href="*|UNSUB|*">', '<a href="{{ links.UNSUBSCRIBE }}">'],
  ["<a href='*|UNSUB|*'>", "<a href='{{ links.UNSUBSCRIBE }}'>"],
  ['<a href="*%7CUNSUB%7C*">', '<a href="{{ links.UNSUBSCRIBE }}">'],
  ['*|ARCHIVE|*', '{{ links.WEBVIEW }}'],
  ['*|UPDATE_PROFILE|*', '{{ links.PREFERENCES }}'],
  ['*|MC:SUBJECT|*', '{{ issue.SUBJECT }}'],
  ['*|DATE:F j, Y|*', '{{ issue.DATE }}'],
  ['*|MC_PREVIEW_TEXT|*', ''],
  ['*|IF:FNAME|*a*|END:IF|*', '<<#if contact.FIRSTNAME>>a<</if>>'],
  ['*|IF:FNAME|*a*|ELSE:|*b*|END:IF|*', '<<#if contact.FIRSTNAME>>a<<else>>b<</if>>'],
  ['*|IFNOT:FNAME|*a*|END:IF|*', '<<#if contact.FIRSTNAME>><<else>>a<</if>>'],
  ['*|IF:A|*a*|ELSEIF:B|*b*|END:IF|*', '<<#if contact.A>>a<<else>><<#if contact.B>>b<</if>><</if>>'],
  ['<!--*|IF:FNAME|*-->a<!--*|END:IF|*-->', '<<#if contact.FIRSTNAME>>a<</if>>'],
  ['<!--*|IF:MC_PREVIEW_TEXT|*--><b>*|MC_PREVIEW_TEXT|*</b><!--*|END:IF|*-->', '<b></b>'],
  ['<td mc:edit="body" mc:repeatable>x</td>', '<td>x</td>'],
  // listmonk
  ['{{ .Subscriber.Email }}', '{{ contact.EMAIL }}'],
  ['{{ .Subscriber.FirstName }}', '{{ contact.FIRSTNAME }}'],
  ['{{- .Subscriber.Attribs.city -}}', '{{ contact.CITY }}'],
  ['{{ index .Subscriber.Attribs "city" }}', '{{ contact.CITY }}'],
  ['{{ or .Subscriber.FirstName "there" }}', '<<contact.FIRSTNAME | default: "there">>'],
  ['{{ UnsubscribeURL }}', '{{ links.UNSUBSCRIBE }}'],
  ['{{ UnsubscribeURL . }}', '{{ links.UNSUBSCRIBE }}'],
  ['{{ MessageURL }}', '{{ links.WEBVIEW }}'],
  ['{{ ManageURL }}', '{{ links.PREFERENCES }}'],
  ['{{ .Campaign.Subject }}', '{{ issue.SUBJECT }}'],
  ['<a href="{{ TrackLink "https://example.org/?a=1" }}">', '<a href="https://example.org/?a=1">'],
  ['<a href="{{ TrackLink `https://example.org` . }}">', '<a href="https://example.org">'],
  ['<a href="https://example.org@TrackLink">', '<a href="https://example.org">'],
  ['{{ TrackView }}', ''],
  [
    '{{ if .Subscriber.Attribs.city }}a{{ else if .Subscriber.Name }}b{{ else }}c{{ end }}',
    '<<#if contact.CITY>>a<<else>><<#if contact.NAME>>b{{ else }}c<</if>><</if>>',
  ],
  ['{{ if ne .Subscriber.FirstName "" }}a{{ end }}', '<<#if contact.FIRSTNAME>>a<</if>>'],
  ['{{ if not .Subscriber.FirstName }}a{{ end }}', '<<#if contact.FIRSTNAME>><<else>>a<</if>>'],
  // Keila
  ['{{ contact.first_name | default: "you" }}', '<<contact.FIRSTNAME | default: "you">>'],
  ['{{ contact.data.city }}', '{{ contact.CITY }}'],
  ['{{ unsubscribe_link }}', '{{ links.UNSUBSCRIBE }}'],
  ['{{ campaign.subject }}', '{{ issue.SUBJECT }}'],
  ['{%- if contact.first_name -%}a{%- endif -%}', '<<#if contact.FIRSTNAME>>a<</if>>'],
  ['{% unless contact.city %}a{% endunless %}', '<<#if contact.CITY>><<else>>a<</if>>'],
  // Mailtrain
  ['[MERGE_FIRST_NAME/dear reader]', '<<contact.FIRSTNAME | default: "dear reader">>'],
  ['[MERGE_CITY]', '{{ contact.CITY }}'],
  ['{{MERGE_CITY}}', '{{ contact.CITY }}'],
  ['{{#if MERGE_CITY}}a{{else}}b{{/if}}', '<<#if contact.CITY>>a{{else}}b{{/if}}'],
  ['[LINK_UNSUBSCRIBE]', '{{ links.UNSUBSCRIBE }}'],
  ['[LINK_BROWSER]', '{{ links.WEBVIEW }}'],
  ['[LINK_PREFERENCES]', '{{ links.PREFERENCES }}'],
  ['[EMAIL] [MERGE_X]', '{{ contact.EMAIL }} {{ contact.X }}'],
  ['[EMAIL]', '[EMAIL]'],
  // Plunk
  ['{{firstName ?? there}}', '<<contact.FIRSTNAME | default: "there">>'],
  ['{{ firstName ?? "there" }}', '<<contact.FIRSTNAME | default: "there">>'],
  ['{{firstName ?? there}}, {{company}}', '<<contact.FIRSTNAME | default: "there">>, {{ contact.COMPANY }}'],
  ['{{ unsubscribeUrl }}', '{{ links.UNSUBSCRIBE }}'],
  // Ours
  ['<<contact.CITY | default: "a">>', '<<contact.CITY | default: "a">>'],
  ['<<#if contact.CITY>>a<<else>>b<</if>>', '<<#if contact.CITY>>a<<else>>b<</if>>'],
  // What editors put into tags and before them
  ['*|<span class="a">FNAME</span>|*', '{{ contact.FIRSTNAME }}'],
  ['*|FNA<wbr>ME|*', '{{ contact.FIRSTNAME }}'],
  ['{{ contact.<b>CITY</b> }}', '{{ contact.CITY }}'],
  ['<a href="?a=%7B%7Bcontact.CITY%7D%7D">', '<a href="?a={{ contact.CITY }}">'],
  ['{{ contact.CITY | default: &ldquo;a&rdquo; }}', '<<contact.CITY | default: "a">>'],
  ['<a href="http://*|UNSUB|*">', '<a href="{{ links.UNSUBSCRIBE }}">'],
  ['<a href="https://{{ mirror }}">', '<a href="{{ links.WEBVIEW }}">'],
  ['<a href="http://{{ links.UNSUBSCRIBE }}">', '<a href="{{ links.UNSUBSCRIBE }}">'],
  ['<a href="http://{{ contact.SITE }}">', '<a href="http://{{ contact.SITE }}">'],
  // Defaults that need care
  ['<a title="{{ contact.CITY | default: "a" }}">', '<a title="<<contact.CITY | default: \'a\'>>">'],
  ['[MERGE_CITY/say "hi" & go]', '<<contact.CITY | default: "say \\"hi\\" &amp; go">>'],
])('translates %s', (source, expected) => {
  expect(translated(source)).toBe(expected)
  expect(translated(expected)).toBe(expected)
  const { fields } = importTemplate(source)
  expect(parseMerge(expected, mergeFieldNames(fields)).errors).toEqual([])
})

it.each([
  ['{{ params.ORDER }}', '{{ params.ORDER }}'],
  ['{{ sender.name }}', '{{ sender.name }}'],
  ['{{ doubleoptin }}', '{{ doubleoptin }}'],
  ['{{ contact.X | frobnicate }}', '{{ contact.X | frobnicate }}'],
  ['{{ company }}', '{{ company }}'],
  ['{% if contact.A == "x" %}a{% else %}b{% endif %}', '{% if contact.A == "x" %}a{% else %}b{% endif %}'],
  ['{% if contact.A > 3 %}a{% endif %}', '{% if contact.A > 3 %}a{% endif %}'],
  ['{% if contact.A or contact.B %}a{% endif %}', '{% if contact.A or contact.B %}a{% endif %}'],
  ['{% for p in params.items %}a{% endfor %}', '{% for p in params.items %}a{% endfor %}'],
  ['{% if contact.A %}a', '{% if contact.A %}a'],
  ['a{% endif %}', 'a{% endif %}'],
  ['*|LIST:ADDRESS|*', '*|LIST:ADDRESS|*'],
  ['*|HTML:LIST_ADDRESS_HTML|*', '*|HTML:LIST_ADDRESS_HTML|*'],
  ['*|LIST:COMPANY|*', '*|LIST:COMPANY|*'],
  ['*|CURRENT_YEAR|*', '*|CURRENT_YEAR|*'],
  ['*|IF:X=a|*a*|ELSE:|*b*|END:IF|*', '*|IF:X=a|*a*|ELSE:|*b*|END:IF|*'],
  ['<!--*|IF:X=a|*-->a<!--*|END:IF|*-->', '*|IF:X=a|*a*|END:IF|*'],
  ['*|INTERESTED:G:A,B|*a*|END:INTERESTED|*', '*|INTERESTED:G:A,B|*a*|END:INTERESTED|*'],
  ['*|RSSITEMS:[2]|**|RSSITEM:TITLE|**|END:RSSITEMS|*', '*|RSSITEMS:[2]|**|RSSITEM:TITLE|**|END:RSSITEMS|*'],
  ['*|FEED:https://example.org|*', '*|FEED:https://example.org|*'],
  ['{{ template "content" . }}', '{{ template "content" . }}'],
  ['{{ .Subscriber.UUID }}', '{{ .Subscriber.UUID }}'],
  [
    '{{ if eq .Subscriber.Attribs.a "b" }}x{{ else }}y{{ end }}',
    '{{ if eq .Subscriber.Attribs.a "b" }}x&#0123;&#0123; else }}y{{ end }}',
  ],
  ['[LINK_FORWARD]', '[LINK_FORWARD]'],
  ['<a title="{{ x y "z" }}">', '<a title="{{ x y &quot;z&quot; }}">'],
  ['{{ a <script }}', '{{ a &lt;script }}'],
])('keeps %s in sight and says so', (source, expected) => {
  expect(translated(source)).toBe(expected)
  expect(translated(expected)).toBe(expected)
  expect(entries(source).every(({ severity }) => severity === 'untranslated')).toBe(true)
  expect(entries(source).length).toBeGreaterThan(0)
})

it('translates what stands around a condition that it cannot say, and keeps the two apart', () => {
  const source =
    '{{ if .Subscriber.City }}{{ if eq .Subscriber.City "x" }}a{{ else }}{{ .Subscriber.Email }}{{ end }}{{ else }}c{{ end }}'
  const result = translated(source)
  expect(result).toBe(
    '<<#if contact.CITY>>{{ if eq .Subscriber.City "x" }}a&#0123;&#0123; else }}{{ contact.EMAIL }}{{ end }}{{ else }}c<</if>>',
  )
  expect(translated(result)).toBe(result)
})

it('says where', () => {
  const source = `<p>\n  *|FNAME|* {{ params.a }}\n</p>${QUIET}`
  expect(importTemplate(source).report).toEqual([
    expect.objectContaining({ severity: 'translated', line: 2, column: 3, tag: '*|FNAME|*' }),
    expect.objectContaining({ severity: 'untranslated', line: 2, column: 13, tag: '{{ params.a }}' }),
  ])
})

it.each([
  ['<p>a</p><script>alert(1)</script>b', '<p>a</p>b'],
  ['<SCRIPT src=x></SCRIPT >b', 'b'],
  ['<script>never closed', 'never closed'],
  ['<p onclick="x()" class="a">b</p>', '<p class="a">b</p>'],
  ['<img/onerror=x src="https://example.org/a.png">', '<img src="https://example.org/a.png">'],
  ['<a href="javascript:x()">b</a>', '<a href="#">b</a>'],
  ['<a href="java&#115;cript&colon;x()">b</a>', '<a href="#">b</a>'],
  ['<a href=" java\nscript:x()">b</a>', '<a href="#">b</a>'],
  ['<a href="{{ contact.X }}javascript:x()">b</a>', '<a href="#">b</a>'],
  ['<img src="data:image/png;base64,AAAA">', '<img>'],
  ['<form action="x"><input name="q">send</form>', 'send'],
  ['<iframe src="x">y</iframe>b', 'b'],
  ['<svg><script>x</script></svg>b', 'b'],
  ['<link rel="stylesheet" href="https://example.org/a.css">b', 'b'],
  ['<meta http-equiv="refresh" content="0">b', 'b'],
  ['<meta charset="utf-8">b', '<meta charset="utf-8">b'],
  ['<style>@import url(x.css); a{color:red}</style>', '<style> a{color:red}</style>'],
  ['<style>a{color:red}</style>', '<style>a{color:red}</style>'],
  ['<mj-style>a{}</style><script>x</script></mj-style>', '<mj-style>a{}/style>script>x/script></mj-style>'],
  ['<mj-include path="a.mjml" />b', 'b'],
  ['<!--><script>x</script>-->', '<!-->-->'],
  ['<!-- --!><script>x</script>-->', '<!-- --!>-->'],
  ['<title><!--</title><script>x</script>--></title>', '<title>&lt;!--</title>--></title>'],
  ['<a x="<b title=\'" <img onerror=x y=\'>', '&lt;a x="<b title=\'" <img onerror=x y=\'>'],
  ['<td {% " onclick=x %}>', '<td >'],
  ['<a href="{{ TrackLink "javascript:x()" }}">b</a>', '<a href="#">b</a>'],
  ['<scr<script></script>ipt>x</script>', '&lt;script>x'],
])('makes %s harmless', (source, expected) => {
  expect(translated(source)).toBe(expected)
})

it.each([
  '<!--[if mso]><table><tr><td><![endif]--><p>a</p><!--[if mso]></td></tr></table><![endif]-->',
  '<!--[if !mso]><!--><p>a</p><!--<![endif]-->',
  '<!-- {{ params.a }} *|FNAME|* -->',
  '<p>a < b && c > d [see] 100% *x* {y}</p>',
  '<!doctype html><html lang="en"><head><title>x</title></head><body>y</body></html>',
  '<td style=\'font-family: "Open Sans"\' width=100% nowrap />',
])('leaves %s as it is', (source) => {
  expect(translated(source)).toBe(source)
  expect(entries(source)).toEqual([])
})

it('translates what Outlook shows, too', () => {
  expect(translated('<!--[if mso]><v:rect href="*|UNSUB|*"><![endif]-->')).toBe(
    '<!--[if mso]><v:rect href="{{ links.UNSUBSCRIBE }}"><![endif]-->',
  )
})

it.each([
  ['*|FNAME|', '*|FNAME|'],
  ['|*FNAME*|', '|*FNAME*|'],
  ['{NAME} $NAME$ #NAME#', '{NAME}', '$NAME$', '#NAME#'],
  ['%recipient.name%', '%recipient.name%'],
  ['<a href="https://example.org/out?mail=[EMAIL]">x</a>', '[EMAIL]'],
  ['[MERGE_A] [LIST_NAME] [CAMPAIGN_ID]', '[LIST_NAME]', '[CAMPAIGN_ID]'],
  ['<a href="[[PERMALINK]]">x</a>', '[[PERMALINK]]'],
])('names the tags in %s', (source, ...tags) => {
  const left = entries(source + QUIET).filter(({ severity }) => severity === 'untranslated')
  expect(left.map(({ tag }) => tag)).toEqual(tags)
})

it.each([
  ['{% raw %}x{% endraw %}', /no such statement/],
  ['{% include "a" %}', /cannot be included/],
  ['{% case contact.A %}{% endcase %}', /only ask whether/],
])('says of %s what is true', (source, message) => {
  expect(entries(source)[0]?.message).toMatch(message)
})

it.each([
  '<p style="width:e/**/xpression(1)">',
  '<p style="width:\\65 xpression(1)">',
  '<mj-text color="red;background:url(javascript:x)">',
  '<mj-section background-url="x);a:url(javascript:x)">',
])('leaves no style that runs in %s', (source) => {
  expect(translated(source)).toMatch(/^<[\w-]+>$/)
})

it('does not take an unsubscribe link in a comment for one', () => {
  const missing = (source: string) =>
    importTemplate(source).report.some(({ message }) => /no unsubscribe link/.test(message))
  expect(missing('<p><!-- {{ links.UNSUBSCRIBE }} --></p>')).toBe(true)
  expect(missing('<!--[if mso]><a href="{{ links.UNSUBSCRIBE }}">x</a><![endif]-->')).toBe(false)
})

it('counts pictures that stay elsewhere and misses an unsubscribe link', () => {
  const { report } = importTemplate(
    '<img src="https://example.org/a.png"><td background="//example.org/b.png">',
  )
  expect(report).toEqual([
    expect.objectContaining({ severity: 'untranslated', message: expect.stringContaining('unsubscribe') }),
    expect.objectContaining({ severity: 'changed', message: expect.stringContaining('One picture') }),
  ])
})

const soup = fc
  .array(
    fc.constantFrom(
      ...'{{ |}}|{%|%}|*\\||\\|*|<<|>>|[|]|&lt;&lt;|&gt;&gt;|&#123;&#123;|%7B%7B|%7D%7D|<|>|"|\'|=|/'
        .split(/(?<!\\)\|/)
        .map((piece) => piece.replace('\\', '')),
      ...[
        '{{ contact.CITY }}',
        '{{',
        '}}',
        '{% if contact.A %}',
        '{% if contact.A == 1 %}',
        '{% elif contact.B %}',
      ],
      ...[
        '{% else %}',
        '{% endif %}',
        '{% for x in y %}',
        '{% endfor %}',
        '*|FNAME|*',
        '*|IF:A|*',
        '*|IF:A=b|*',
      ],
      ...['*|ELSE:|*', '*|END:IF|*', '*|IF:MC_PREVIEW_TEXT|*', '{{ if .Subscriber.A }}', '{{ if eq .A 1 }}'],
      ...[
        '{{ else }}',
        '{{ end }}',
        '{{/if}}',
        '{{#if contact.A}}',
        '<<#if contact.B>>',
        '<<else>>',
        '<</if>>',
      ],
      ...['{{firstName ?? x}}', '{{ bare }}', '[MERGE_A/b]', '[EMAIL]', '[UNSUBSCRIBE]', '{{ unsubscribe }}'],
      ...[
        '<<contact.A | default: "',
        "{{ contact.A | default: 'b' }}",
        '{{ TrackLink "https://a" }}',
        '{{ TrackView }}',
      ],
      ...[
        '<p>',
        '</p>',
        '<a href="',
        "<a href='",
        ' onclick=',
        'javascript:',
        '<script>',
        '</script>',
        '<!--',
        '-->',
      ],
      ...[
        '<!--[if mso]>',
        '<![endif]-->',
        '<style>',
        '</style>',
        '<mjml>',
        '<mj-body>',
        '<mj-section>',
        '<mj-text>',
      ],
      ...[
        '</mj-text>',
        '</mj-section>',
        '<mj-raw>',
        '</mj-raw>',
        '<![CDATA[',
        ']]>',
        '\n',
        ' ',
        'x',
        '\\',
        '&quot;',
      ],
      ...[
        '<title>',
        '</title>',
        '<svg>',
        '</svg>',
        '{# a #}',
        '@import "x";',
        '<mj-container>',
        '<mj-list>',
        '@TrackLink',
      ],
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''))

/** The tags and attributes of a source that would act, as a parser of HTML finds them, also within Outlook's conditions. */
function actsOf(html: string): string[] {
  const found: string[] = []
  const parser = new Parser({
    onopentagname: (name) => {
      if (['script', 'iframe', 'svg'].includes(name)) found.push(name)
    },
    onattribute: (name) => {
      if (/^on/i.test(name)) found.push(name)
    },
    oncomment: (text) => {
      const inside = /^\[if[^\]>]*\]>([\s\S]*)<!\[endif\]$/.exec(text)?.[1]
      if (inside) found.push(...actsOf(inside))
    },
  })
  parser.end(html)
  return found
}

it('never throws, and its own result does not change', () => {
  fc.assert(
    fc.property(fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 200 })), (source) => {
      const once = translated(source)
      expect(translated(once)).toBe(once)
    }),
    { numRuns: 3000 },
  )
})

it('hides no tag in what only browsers take for a comment', () => {
  expect(translated('</<script>a')).toBe('</&lt;script>a')
})

it('leaves nothing that acts', () => {
  fc.assert(
    fc.property(soup, (source) => {
      expect(actsOf(translated(source))).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

it.each([
  ['{{ ', 340_000],
  ['<a ', 340_000],
  ['<a href="', 110_000],
  ['<a b="x\'', 120_000],
  ['<!--', 250_000],
  ['<!--[if mso]>', 80_000],
  ['<script>', 120_000],
  ['{% if contact.A %}', 55_000],
  ['{% if contact.A %}{{ end }}', 40_000],
  ['<<#if contact.A>>', 60_000],
  ['<mj-section>{{ contact.A }}', 37_000],
  ['*|', 500_000],
  ['[MERGE_', 140_000],
  ['&#123;&#123;', 80_000],
  ['<style>@import ', 65_000],
  ['{{ contact.A | default: "', 40_000],
  ['*|FNAME|* ', 100_000],
  ['{{ params.x }}\n', 66_000],
])('reads a megabyte of %s in time', (piece, count) => {
  const before = process.cpuUsage()
  const imported = importTemplate(piece.repeat(count))
  // What this process itself has used: others on the machine do not count.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(8000)
  expect(imported.report.length).toBeGreaterThanOrEqual(0)
})
