// Draws docs/images/report.png: the top of the page that lr-view writes of the first example. It needs Chromium.
//
//   pnpm build && npx tsx --conditions=source scripts/docs/draw-report.ts
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { run, tempFolder } from '@loop-runner/test-kit'
import { root } from '../programs.ts'

const WIDTH = 960
const HEIGHT = 760

using work = tempFolder()
const env = { TMPDIR: work.path, XDG_STATE_HOME: join(work.path, 'state') }
const example = await run(join(root, 'examples/01-repair/run.sh'), [], { env })
if (example.status !== 0) throw new Error(example.stderr)
const [newest = ''] = (await run('lr-loop', ['runs', '--json'], { env })).stdout.split('\n')
const { run: path } = JSON.parse(newest) as { run: string }
const page = join(work.path, 'run.html')
const { stdout: html } = await run('lr-view', [path], { env })
// Without the folders of this machine.
writeFileSync(
  page,
  html
    .replaceAll(/replay:[^\s<]*\/examples/g, 'replay:examples')
    .replaceAll(/\/[^\s<]*\/loop-runner-example\.\w+/g, '/home/me/parser')
    .replaceAll(/-loop-runner-example-\w+/g, '-parser'),
)

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
try {
  const tab = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } })
  await tab.goto(pathToFileURL(page).href)
  await tab.screenshot({ path: join(root, 'docs/images/report.png') })
} finally {
  await browser.close()
}
