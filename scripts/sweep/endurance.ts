// Prints what comes of children that try not to end (without a sandbox, and under one), of ways out of the sandbox, and of a
// flood. Ends with 1 when something outlives its run that may not, comes out, takes too long or too much memory.
import { bash, run } from '@loop-runner/test-kit'
import { ESCAPES, WRITES } from '../../packages/lr-check/test/confinement/escapes.ts'
import { ESCAPING_CHILDREN, EVIL_CHILDREN } from '../../packages/lr-check/test/confinement/evil-children.ts'
import {
  CHILD_TIMEOUT_MS,
  contentOf,
  Prison,
  tryChild,
  UNTOUCHED,
} from '../../packages/lr-check/test/confinement/try-confinement.ts'

/** The time limit, two seconds of grace, and one more. */
const MOST_SECONDS = CHILD_TIMEOUT_MS / 1000 + 3
const MOST_MEGABYTES = 150
const FLOOD_GIGABYTES = 10

const isSandboxed = (await run('lr-check', ['--sandbox', 'strict', '--', 'true'])).status === 0
let wrong = 0

for (const mode of isSandboxed ? ['limits', 'strict'] : ['limits']) await tryChildren(mode)
if (isSandboxed) await tryEscapes()
else console.log('not tried without a working bubblewrap: --sandbox strict')
await flood()
process.exitCode = wrong === 0 ? 0 : 1

async function tryChildren(mode: string): Promise<void> {
  console.log(`\n| a child that, --sandbox ${mode} | outcome | seconds | left |\n| --- | --- | --- | --- |`)
  const children = [...EVIL_CHILDREN, ...ESCAPING_CHILDREN]
  let late = 0
  let survivors = 0
  for (const [what, script] of children) {
    const { outcome, seconds, left } = await tryChild(script, ['--sandbox', mode])
    console.log(`| ${what} | ${outcome} | ${seconds.toFixed(1)} | ${left.join(', ')} |`)
    if (seconds > MOST_SECONDS) late++
    survivors += left.length
    for (const line of left) process.kill(Number.parseInt(line, 10), 'SIGKILL')
  }
  console.log(`${children.length} children, ${late} over ${MOST_SECONDS} s, ${survivors} left`)
  wrong += late + Math.max(0, survivors - (mode === 'limits' ? ESCAPING_CHILDREN.length : 0))
}

async function tryEscapes(): Promise<void> {
  using prison = new Prison(process.pid)
  let out = 0
  for (const [what, script] of [...ESCAPES, ...WRITES]) {
    const outcome = contentOf(await prison.run(script), 'outcome').trim()
    const isOut = (await prison.outside()).join('\n') !== UNTOUCHED.join('\n')
    const isEscape = ESCAPES.some(([escape]) => escape === what)
    if (!isOut && (!isEscape || outcome === 'fail')) continue
    out++
    console.log(`out: ${what}`)
  }
  console.log(`\n${ESCAPES.length + WRITES.length} ways out of --sandbox strict, ${out} that lead out`)
  wrong += out
}

async function flood(): Promise<void> {
  const check = `lr-check --timeout 10m -- sh -c "yes 'a line of a flood' | head -c ${FLOOD_GIGABYTES}G"`
  // The most memory that it has held, as the system counts it, asked for until it is over.
  const script = `${check} > /dev/null & lr=$!
    while grep VmHWM /proc/$lr/status; do sleep 0.1; done 2> /dev/null | tail -n 1; wait $lr`
  const { stdout, status } = await bash(script)
  const megabytes = Math.round(Number(/\d+/.exec(stdout)?.[0]) / 1024)
  console.log(`\na flood of ${FLOOD_GIGABYTES} GB: status ${status}, at most ${megabytes} MB of memory`)
  if (!(megabytes <= MOST_MEGABYTES)) wrong++
}
