// Draws docs/images/run.svg: what the first example prints when it is run.
//
//   pnpm build && npx tsx --conditions=source scripts/docs/draw-run.ts
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { root } from '../programs.ts'

const COMMAND = '$ lr-loop --iterations 5 src -- node --test'
const LINE = 19
const PADDING = 20
/** Colours on a dark page, with a contrast of more than 4.5 to 1. */
const TONES: readonly [RegExp, string][] = [
  [/^\$ /, '#79b8ff'],
  [/check fails|failed/, '#ff7b72'],
  [/passe[sd]/, '#56d364'],
  [/^lr-git/, '#9198a1'],
]

using work = tempFolder()
const { stderr, status } = await run(join(root, 'examples/01-repair/run.sh'), [], {
  env: { TMPDIR: work.path, XDG_STATE_HOME: join(work.path, 'state') },
})
if (status !== 0) throw new Error(stderr)
const lines = [COMMAND, ...stderr.trimEnd().split('\n')].filter((line) => !/lr-llm|history: /.test(line)).map(shorten)
const file = join(root, 'docs/images/run.svg')
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, drawTerminal(lines))

/** Without hashes, times and temporary names, which would differ in each drawing. */
function shorten(line: string): string {
  return line
    .replaceAll(/\b([0-9a-f]{7})[0-9a-f]{5,33}\b/g, '$1')
    .replaceAll(/lr\/\d{8}-\d{6}-[\w-]+/g, 'lr/repair')
    .slice(0, 112)
}

function drawTerminal(rows: readonly string[]): string {
  const width = Math.max(...rows.map(({ length }) => length)) * 8.1 + 2 * PADDING
  const height = rows.length * LINE + 2 * PADDING
  const texts = rows.map((row, index) => {
    const fill = TONES.find(([pattern]) => pattern.test(row))?.[1] ?? '#e6edf3'
    return `<text x="${PADDING}" y="${PADDING + (index + 0.75) * LINE}" fill="${fill}" xml:space="preserve">${escapeXml(row)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(rows.join('; '))}">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13.5">
${texts.join('\n')}
</g>
</svg>
`
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
