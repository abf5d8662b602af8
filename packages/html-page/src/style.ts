/** The style sheet of all pages. Colours have a contrast of at least 4.5:1 on their background (WCAG 2.2, AA) in both schemes. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --raised: #f6f8fa; --line: #d1d9e0; --text: #1f2328; --muted: #59636e; --link: #0550ae;
  --good: #116329; --good-page: #dafbe1; --bad: #a40e26; --bad-page: #ffebe9; --warn: #7d4e00; --warn-page: #fff8c5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --raised: #151b23; --line: #3d444d; --text: #e6edf3; --muted: #9198a1; --link: #79b8ff;
    --good: #56d364; --good-page: #12261e; --bad: #ff7b72; --bad-page: #2d1416; --warn: #e3b341; --warn-page: #272115;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
main { max-width: 76rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .5rem 0 }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem }
a { color: var(--link) }
code, pre, kbd { font: 12.5px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
.prose { white-space: pre-wrap; max-width: 48rem; margin: .4rem 0 }
pre { margin: 0; padding: .6rem .8rem; overflow: auto; max-height: 40rem; white-space: pre-wrap; background: var(--raised) }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
.verdict { display: inline-block; white-space: nowrap; padding: .1rem .6rem; border-radius: 1rem; border: 1px solid; font-weight: 600 }
.good { color: var(--good); background: var(--good-page) }
.bad { color: var(--bad); background: var(--bad-page) }
.warn { color: var(--warn); background: var(--warn-page) }
.muted { color: var(--muted) }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: .8rem 0 }
dl.facts dt { color: var(--muted) }
dl.facts dd { margin: 0 }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 1rem }
.charts figure { margin: 0; padding: .6rem; border: 1px solid var(--line); border-radius: 6px }
.charts figcaption { color: var(--muted); font-size: .85rem }
.charts svg { display: block; width: 100%; margin-top: .4rem; overflow: visible }
.round-number { text-anchor: middle }
.charts svg text { fill: var(--muted); font: 10px system-ui, sans-serif }
.spark { display: block; width: 6rem; height: 2.2rem }
.axis { stroke: var(--line) }
.bar { fill: var(--link) }
.curve { fill: none; stroke: var(--link); stroke-width: 2 }
.dot { fill: var(--link) }
.shares text { fill: var(--text); font: 13px system-ui, sans-serif }
.pass { fill: var(--good) }
.fail { fill: var(--bad) }
.wide { overflow-x: auto }
table { border-collapse: collapse; overflow-wrap: normal }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
th { color: var(--muted); font-weight: 600 }
.grid th[scope=row] { overflow-wrap: anywhere }
table.runs { width: 100% }
.runs td { overflow-wrap: anywhere; min-width: 3rem }
.runs td:nth-child(3) { min-width: 15rem }
.runs td:nth-child(4) { min-width: 9rem }
.spark { margin-left: -.3rem }
td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.grid td, .grid th { padding: .15rem .4rem; text-align: center }
.grid th:first-child { text-align: left }
.grid th[scope=row] { position: sticky; left: 0; background: var(--page); font-weight: 400; color: var(--text); min-width: 12rem }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; overflow: hidden }
summary { padding: .4rem .8rem; cursor: pointer; background: var(--raised) }
details > :not(summary):not(pre):not(.diff) { padding: 0 .8rem }
.skip { position: absolute; left: -100rem }
.skip:focus { position: static }
header { border-bottom: 1px solid var(--line); background: var(--raised) }
nav { max-width: 76rem; margin: 0 auto; padding: .6rem 1rem; display: flex; gap: 1.2rem; font-weight: 600 }
button, input, select, textarea { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--muted); border-radius: 6px; padding: .3rem .6rem; max-width: 100% }
button { background: var(--raised); cursor: pointer }
button.main { color: var(--good); background: var(--good-page); border-color: currentColor; font-weight: 600 }
.search { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: 1rem 0 }
.search label { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 100% }
.field { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: .1rem 1rem; align-items: start; margin: .6rem 0 }
.field small { grid-column: 2; color: var(--muted) }
.field [type=checkbox] { justify-self: start; width: 1.2rem; height: 1.2rem }
.notice { padding: .5rem .8rem; border: 1px solid; border-radius: 6px; white-space: pre-wrap }
.actions { display: flex; flex-wrap: wrap; gap: .8rem 1.5rem }
.log { max-height: 24rem; overflow: auto; margin: 0; padding: .6rem .8rem; list-style: none; background: var(--raised); border-radius: 6px; white-space: pre-wrap; font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
.log time { color: var(--muted) }
.round > summary, .attempt > summary { font-weight: 600 }
.round > div, .attempt > div { padding: .2rem .8rem .8rem }
.diff { display: grid; grid-template-columns: max-content minmax(0, 1fr) max-content minmax(0, 1fr); font: 12px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
.diff > * { white-space: pre-wrap; padding: 0 .5rem; min-height: 1.5em }
.diff .number { color: var(--muted); text-align: right; user-select: none }
.diff .gap { grid-column: 1 / -1; color: var(--muted); background: var(--raised); text-align: center }
.removed { background: var(--bad-page) }
.added { background: var(--good-page) }
@media (max-width: 50rem) {
  .diff { grid-template-columns: max-content minmax(0, 1fr) }
  .diff .empty, .diff .twin { display: none }
}
@media (max-width: 40rem) { .field { grid-template-columns: minmax(0, 1fr) } .field small { grid-column: 1 } }
@media (max-width: 30rem) { dl.facts { grid-template-columns: minmax(0, 1fr) } dl.facts dd { margin-bottom: .4rem } }
@media print { details { break-inside: avoid } pre { max-height: none } }
`
