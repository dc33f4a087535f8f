import { type BuiltInDesignId, builtInDesign } from '../rendering/designs.js'
import { fillSource } from '../rendering/mail-templates.js'
import { slotsAsWritten } from '../rendering/own-template/slots.js'

/** A frame with nothing in it but the place for blocks, and what nearly every mail needs. */
export const EMPTY_FRAME = `<mjml lang="{{language}}" dir="{{direction}}">
  <mj-head>
    <mj-title>{{subject}}</mj-title>
    <mj-preview>{{preheader}}</mj-preview>
    {{base}}
    <mj-attributes>
      <!-- What is set here goes before what blocks bring along. -->
      <mj-text font-size="16px" line-height="1.6" />
    </mj-attributes>
    <mj-style inline="inline">
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
