/** The style sheet of the inbox's pages: light and dark, from 320 px up. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --paper: #faf8f4; --sheet: #ffffff; --ink: #22201c; --soft: #655f55; --line: #e4dfd5; --hover: #f4efe6;
  --bronze: #8a5112; --bronze-tint: #f6ead9; --danger: #a3261d; --focus: #1f5fbf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17181b; --sheet: #1f2125; --ink: #ebe8e2; --soft: #a9a59c; --line: #34363b; --hover: #282a2f;
    --bronze: #e9b566; --bronze-tint: #3a2f1f; --danger: #ff9d92; --focus: #8ab8ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--bronze); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--sheet); padding: .25rem .75rem; z-index: 1; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.bar, main { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
.bar { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding-top: 1.1rem; padding-bottom: 1.1rem; }
.brand { display: inline-flex; align-items: center; gap: .5rem; color: inherit; font-weight: 650; font-size: 1.15rem; text-decoration: none; letter-spacing: -.01em; }
.bell { color: var(--bronze); flex: none; }
.badge { font-size: .75rem; font-weight: 600; letter-spacing: .02em; color: var(--bronze); background: var(--bronze-tint); padding: .1rem .5rem; border-radius: 1rem; white-space: nowrap; }
.promise { margin: 0; color: var(--soft); font-size: .875rem; }
main { padding-bottom: 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; letter-spacing: -.02em; margin: 0; text-wrap: balance; }
em { color: var(--soft); }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em; }
.heading { display: flex; align-items: baseline; gap: .75rem; flex-wrap: wrap; margin: 1rem 0; }
.count, .note, .missing { color: var(--soft); font-size: .875rem; margin: 0; }
.toolbar { display: flex; flex-wrap: wrap; gap: .75rem; margin-bottom: 1rem; }
.search { display: flex; flex: 1 1 20rem; gap: .5rem; }
input[type=search] {
  flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--sheet);
  border: 1px solid var(--soft); border-radius: .5rem; padding: .45rem .75rem;
}
.actions { display: flex; gap: .5rem; }
button, .button {
  display: inline-block; font: inherit; font-size: .9375rem; line-height: 1.5; color: inherit; background: var(--sheet); cursor: pointer;
  border: 1px solid var(--line); border-radius: .5rem; padding: .45rem .85rem; text-decoration: none; white-space: nowrap;
}
button:hover, .button:hover { background: var(--hover); }
.danger { color: var(--danger); border-color: currentColor; }
.empty-inbox { position: relative; }
.empty-inbox summary { list-style: none; }
.empty-inbox summary::-webkit-details-marker { display: none; }
.empty-inbox form {
  position: absolute; right: 0; top: calc(100% + .5rem); z-index: 1; width: 15rem; padding: 1rem; background: var(--sheet);
  border: 1px solid var(--line); border-radius: .75rem; box-shadow: 0 .5rem 2rem rgb(0 0 0 / .18);
}
.empty-inbox p { margin: 0 0 .75rem; font-size: .9375rem; }
.messages, .empty, .panel, .summary { background: var(--sheet); border: 1px solid var(--line); border-radius: .75rem; }
.messages { list-style: none; margin: 0; padding: 0; overflow: hidden; }
.messages li + li { border-top: 1px solid var(--line); }
.row {
  display: grid; grid-template-columns: minmax(0, 17rem) minmax(0, 1fr) auto; column-gap: 1.5rem; align-items: baseline;
  padding: .7rem 1.1rem; color: inherit; text-decoration: none;
}
.row:hover { background: var(--hover); }
.row:focus-visible { outline-offset: -3px; }
.row > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.to { font-weight: 600; grid-column: 1; grid-row: 1; }
.subject { grid-column: 2; grid-row: 1; }
.row time { grid-column: 3; grid-row: 1; color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; }
.from { grid-column: 2 / 4; grid-row: 2; color: var(--soft); font-size: .8125rem; }
.empty { padding: 3.5rem 1.5rem; text-align: center; color: var(--soft); }
.empty h1 { color: var(--ink); margin-bottom: .5rem; }
.empty p { margin: .25rem 0; }
.empty > p:first-child { color: var(--ink); font-size: 1.15rem; }
.pager { display: flex; justify-content: space-between; align-items: center; margin-top: 1rem; color: var(--soft); font-size: .9375rem; }
.crumbs { display: flex; justify-content: space-between; gap: 1rem; margin: .5rem 0 1rem; font-size: .9375rem; }
.neighbours { display: flex; gap: 1rem; }
.title { margin-bottom: 1rem; }
.summary { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .35rem 1.25rem; margin: 0 0 1.25rem; padding: 1rem 1.25rem; font-size: .9375rem; }
.summary dt { color: var(--soft); }
.summary dd { margin: 0; }
.address { color: var(--soft); }
.tabs { display: flex; gap: .25rem; margin-bottom: -1px; padding-left: .5rem; overflow-x: auto; }
.tabs a {
  padding: .5rem 1rem; color: var(--soft); text-decoration: none; white-space: nowrap;
  border: 1px solid transparent; border-bottom: 0; border-radius: .6rem .6rem 0 0;
}
.tabs a:hover { color: var(--ink); }
.tabs a:focus-visible { outline-offset: -3px; }
.tabs a[aria-current] { color: var(--bronze); font-weight: 600; background: var(--sheet); border-color: var(--line); }
.panel { padding: 1.25rem; }
.panel pre { margin: 0; white-space: pre-wrap; line-height: 1.55; }
.panel .note + pre { margin-top: 1rem; }
.panel-html { padding: 0; overflow: hidden; }
.panel-html .missing, .panel-html .note { padding: .75rem 1.25rem; }
iframe { display: block; width: 100%; height: max(30rem, 75vh); border: 0; background: #fff; color-scheme: light; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
tr:last-child > * { border-bottom: 0; }
tbody th { font-weight: 600; white-space: nowrap; }
thead th { color: var(--soft); font-weight: 500; }
td { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .8125rem; }
@media (max-width: 42rem) {
  .bar, main { padding-left: .9rem; padding-right: .9rem; }
  .promise { display: none; }
  .row { grid-template-columns: minmax(0, 1fr) auto; padding: .7rem .9rem; column-gap: .75rem; }
  .row time { grid-column: 2; font-size: .8125rem; }
  .subject { grid-column: 1 / 3; grid-row: 2; }
  .from { grid-column: 1 / 3; grid-row: 3; }
  .actions { flex: 1; justify-content: space-between; }
  h1 { font-size: 1.35rem; }
  .summary { gap: .3rem .75rem; padding: .75rem .9rem; font-size: .875rem; }
  .tabs { padding-left: 0; gap: 0; justify-content: space-between; }
  .tabs a { padding: .5rem .6rem; font-size: .875rem; }
  tbody tr, tbody th, tbody td { display: block; }
  thead { display: none; }
  tbody th { border: 0; padding-bottom: 0; white-space: normal; }
}
`
