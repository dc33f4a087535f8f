import { builtInDesign, type BuiltInDesignId } from '../rendering/designs.js'
import { fillSource } from '../rendering/mail-templates.js'
import { slotsAsWritten } from '../rendering/own-template/slots.js'

/** A frame with nothing in it but the place for blocks, and what nearly every mail needs. */
export const EMPTY_FRAME = `<mjml lang="{{language}}" dir="{{direction}}">
  <mj-head>
    <mj-title>{{subject}}</mj-title>
    <mj-preview>{{preheader}}</mj-preview>
    <mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
    <mj-attributes>
      <mj-all font-family="Verdana, Tahoma, sans-serif" />
      <mj-text font-size="16px" line-height="1.6" color="{{light.ink}}" align="{{start}}" />
      <mj-section padding="0 32px" background-color="{{light.paper}}" direction="{{direction}}" css-class="paper" />
      <mj-column padding="0" />
    </mj-attributes>
    <mj-style>
      :root { color-scheme: light dark; supported-color-schemes: light dark; }
      .rich a { color: {{link}}; }
      @media (prefers-color-scheme: dark) {
        body { background-color: {{dark.canvas}} !important; }
        .paper, .paper > table { background: {{dark.paper}} !important; }
        .paper div, .paper p, .paper li, .paper .title { color: {{dark.ink}} !important; }
        .paper a { color: {{darkLink}} !important; }
        .foot div { color: {{dark.quiet}} !important; }
        .foot a { color: {{darkLink}} !important; }
      }
    </mj-style>
  </mj-head>
  <mj-body background-color="{{light.canvas}}" width="600px">
    {{blocks}}
  </mj-body>
</mjml>
`

/** A design that comes with the product as a designer can change it: its slots written out, everything else as it is. */
export function copyOfDesign(id: BuiltInDesignId): string {
  return fillSource(builtInDesign(id).mjml, slotsAsWritten())
}
