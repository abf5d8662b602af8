// What the loop itself costs, with a model server on the loopback whose replies are scripted: an iteration, the prompt, and
// a whole fix. With --peers the same fix by other tools, where they are on PATH; each is given what it needs to ask the same
// server.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa, execaSync } from 'execa'
import { hasProgram } from '@loop-runner/test-kit'
import { measure } from './measure.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = join(root, 'bin')
const work = mkdtempSync(join(tmpdir(), 'lr-bench-'))
const BROKEN = 'module.exports = (a, b) => a - b\n'
const TEST =
  "const assert = require('node:assert')\nconst { test } = require('node:test')\ntest('adds', () => assert.equal(require('./add.js')(1, 2), 3))\n"
const IDENTITY =
  'export GIT_AUTHOR_NAME=b GIT_AUTHOR_EMAIL=b@localhost GIT_COMMITTER_NAME=b GIT_COMMITTER_EMAIL=b@localhost'
const COMMIT = `${IDENTITY}; rm -rf .git FIXES.md; git init -q; git add -A; git commit -qm x`

const { url, stop } = await startModel()
try {
  benchPrompt()
  benchIteration()
  benchLayers()
  await benchFix(process.argv.includes('--peers'))
} finally {
  stop()
  rmSync(work, { recursive: true, force: true })
}

/** In a process of its own: measuring blocks this one. */
async function startModel(): Promise<{ url: string; stop: () => void }> {
  const child = execa('tsx', [join(root, 'scripts/bench/mock-model.ts')], {
    preferLocal: true,
    localDir: root,
    stdin: 'ignore',
    stderr: 'inherit',
    buffer: false,
    reject: false,
  })
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(String(data))),
  )
  return { url: `http://127.0.0.1:${port.trim()}`, stop: () => void child.kill() }
}

function project(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(work, name)
  mkdirSync(folder)
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content)
  return folder
}

/** The bytes of a prompt that are neither files nor what the check said. */
function benchPrompt(): void {
  const cwd = project('prompt', { 'add.js': BROKEN, 'add.test.js': TEST })
  const shell = (script: string) => execaSync('bash', ['-c', script], { cwd, stripFinalNewline: false }).stdout
  const bytes = (script: string) => Buffer.byteLength(shell(script))
  const check = `${bin}/lr-check -q add.js -- node --test`
  const prompt = bytes(`${check} | ${bin}/lr-prompt`)
  const content = bytes(`${check} | ${bin}/lr-blocks get add.js stdout stderr`)
  print('prompt beyond files and check output', `${prompt - content} bytes`, '4,096')
}

/** Eleven replies against one: the difference is ten iterations, of which the check is taken off. */
function benchIteration(): void {
  const cwd = project('iterations', { 'count.txt': '0\n' })
  // It fails in another way each time, so that every round is progress.
  const check = "sh -c 'tr 0-9 a-j < count.txt; exit 1'"
  const loop = (replies: number) =>
    `echo 0 > count.txt; ${COMMIT}; LR_API_KEY=x ${bin}/lr-loop -q -i ${replies} -m count --llm-url ${url}/v1 --run-dir .git/run count.txt -- ${check}`
  const costs = measure({ base: 'node -e 0', check, one: loop(1), eleven: loop(11) }, { rounds: 5, repeat: 1, cwd })
  const own = (costs.eleven.cpuSeconds - costs.one.cpuSeconds) / 10 - costs.check.cpuSeconds
  const ratio = (own / costs.base.cpuSeconds).toFixed(1)
  print(
    'an iteration of the loop, beyond the check',
    `${own.toFixed(2)} s CPU, ${ratio} x node -e 0`,
    'none; five starts are 8',
  )
}

/** What guarding adds to a check that passes, and the further runs that try a pass; each as a ratio to the check alone. */
function benchLayers(): void {
  const cwd = project('layers', {
    'add.js': BROKEN,
    'add.test.js': TEST,
    'check.sh': '[ "$(node -p "require(\'./add.js\')(1, 2)")" = 3 ]\n',
  })
  for (const [name, command] of Object.entries({ 'node --test': 'node --test', 'a script': 'sh check.sh' })) {
    const check = (options: string) => `${bin}/lr-check -q ${options} add.js -- ${command} > /dev/null 2>&1`
    const guard = `--guard ../${name.replaceAll(/\W/g, '')}.json`
    writeFileSync(join(cwd, 'add.js'), BROKEN)
    execaSync('bash', ['-c', check(guard)], { cwd, reject: false })
    writeFileSync(join(cwd, 'add.js'), BROKEN.replace('-', '+'))
    const calls = { alone: check(''), guarded: check(guard), tried: check(`${guard} --canary`) }
    const { alone, guarded, tried } = measure(calls, { rounds: 5, repeat: 1, cwd })
    const ratio = (cost: typeof alone) => (cost.wallSeconds / alone.wallSeconds).toFixed(2)
    print(`a check that passes, guarded: ${name}`, `${ratio(guarded)} x the check alone`, '2')
    print(`a check that passes, guarded and tried: ${name}`, `${ratio(tried)} x the check alone`, '4; once a run')
  }
}

/** A repository of two files, one of them broken. */
async function benchFix(withPeers: boolean): Promise<void> {
  const cwd = project('fix', { 'add.js': BROKEN, 'add.test.js': TEST })
  const home = project('home', {})
  const prepare = `export HOME=${home}; printf '%s' '${BROKEN}' > add.js; ${COMMIT}`
  const tools: Record<string, string> = {
    'lr-loop': `LR_API_KEY=x ${bin}/lr-loop -q -m fix --llm-url ${url}/v1 --run-dir .git/run add.js -- node --test`,
    ...(withPeers ? peers() : {}),
  }
  for (const [name, command] of Object.entries(tools)) {
    if (name !== 'lr-loop' && !hasProgram(name)) {
      print(`a whole fix: ${name}`, 'not installed', 'for comparison')
      continue
    }
    const before = await readUsed()
    const check = `${prepare}; ${command} < /dev/null && node --test`
    const solved = tryOut(check, cwd)
    const { calls, bytes } = await readUsed()
    const costs = measure(
      { base: 'node -e 0', prepare, fix: `${prepare}; ${command} < /dev/null || true` },
      { rounds: 5, repeat: 1, cwd },
    )
    const cpu = costs.fix.cpuSeconds - costs.prepare.cpuSeconds
    const wall = costs.fix.wallSeconds - costs.prepare.wallSeconds
    const asked = `${calls - before.calls} calls, ${bytes - before.bytes} bytes asked`
    const figures = `${cpu.toFixed(2)} s CPU (${(cpu / costs.base.cpuSeconds).toFixed(0)} x node -e 0), ${wall.toFixed(2)} s, ${asked}`
    print(`a whole fix: ${name}`, `${figures}${solved ? '' : ', NOT SOLVED'}`, 'for comparison; checks included')
  }
}

function tryOut(script: string, cwd: string): boolean {
  return execaSync('bash', ['-c', script], { cwd, stdio: 'ignore', reject: false }).exitCode === 0
}

async function readUsed(): Promise<{ calls: number; bytes: number }> {
  return (await (await fetch(`${url}/used`)).json()) as { calls: number; bytes: number }
}

function peers(): Record<string, string> {
  const provider = `model_providers.mock={name="mock",base_url="${url}/v1",env_key="MOCK_KEY",wire_api="responses"}`
  return {
    'micro-agent': `OPENAI_KEY=x OPENAI_API_ENDPOINT=${url}/v1 MODEL=fix micro-agent ./add.js -t 'node --test' -f ./add.test.js -m 3`,
    codex: `MOCK_KEY=x codex exec --ephemeral -s danger-full-access -c '${provider}' -c model_provider=mock -m fix 'node --test fails: repair add.js'`,
  }
}

function print(what: string, measured: string, target: string): void {
  console.log(`${what.padEnd(45)}  ${measured}  (target: ${target})`)
}
