// bench.ts [PART…]: prints the figures that the design promises, each as a ratio to a named reference of the same run.
// The programs are those of the checkout, or of an installed package: LR_BENCH_BIN=PREFIX/bin. The Node is that on PATH.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa, execaSync } from 'execa'
import { parseStream, writeStream } from '@loop-runner/block-format'
import { type Cost, measure } from './measure.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bin = process.env['LR_BENCH_BIN'] ?? join(root, 'bin')
const work = mkdtempSync(join(tmpdir(), 'lr-bench-'))

interface Row {
  readonly what: string
  readonly measured: string
  readonly target: string
}

const WORD_SERVER = `
const word = [{ content: 'hello' }, {}].map((delta, index) =>
  'data: ' + JSON.stringify({ choices: [{ index: 0, delta, finish_reason: index ? 'stop' : null }] }) + '\\n\\n')
require('http')
  .createServer((request, response) => request.resume().on('end', () => response.end(word.join('') + 'data: [DONE]\\n\\n')))
  .listen(0, '127.0.0.1', function () { require('fs').writeFileSync(process.argv[1], String(this.address().port)) })`

const PARTS: Readonly<Record<string, () => Row[]>> = {
  starts: benchStarts,
  format: benchFormat,
  filter: benchFilter,
  pack: benchPack,
  fix: benchFix,
  word: benchWord,
}

const parts = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS)
try {
  console.log(`Node ${process.versions.node}`)
  print(parts.flatMap((part) => PARTS[part]?.() ?? []))
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** Every program with an empty standard input; lr-loop and those that want a command say their version. */
function benchStarts(): Row[] {
  writeFileSync(
    join(work, 'small'),
    '<<<< a.py <<<<\nx\n>>>>>>>>\n<<<<<<<<\npytest\n>>>>>>>>\n<<<< status <<<<\n1\n>>>>>>>>\n',
  )
  const calls: Record<string, string> = {
    'lr-blocks list': `${bin}/lr-blocks list < ${work}/small`,
    'lr-check --list': `${bin}/lr-check --list`,
    'lr-prompt': `${bin}/lr-prompt < ${work}/small`,
    'lr-llm, an empty prompt': `${bin}/lr-llm < /dev/null`,
    'lr-apply, an empty reply': `${bin}/lr-apply < /dev/null`,
  }
  for (const name of ['blocks', 'check', 'prompt', 'llm', 'apply', 'git', 'loop', 'score']) {
    calls[`lr-${name} --version`] = `${bin}/lr-${name} --version`
    calls[`lr-${name} --help`] = `${bin}/lr-${name} --help`
  }
  const costs: Record<string, Cost> = measure({ ...calls, base: 'node -e 0' }, { rounds: 9, repeat: 5, cwd: work })
  const base = costs['base']?.cpuSeconds ?? 0
  return Object.keys(calls).map((what) => ({
    what: `start: ${what}`,
    measured: `${((costs[what]?.cpuSeconds ?? 0) / base).toFixed(2)} x node -e 0 (CPU)`,
    target: '1.6',
  }))
}

/** One word from a server on loopback. */
function benchWord(): Row[] {
  const portFile = join(work, 'port')
  const server = execa(process.execPath, ['-e', WORD_SERVER, portFile], { stdio: 'ignore', reject: false })
  try {
    execaSync('bash', ['-c', `until [ -s ${portFile} ]; do sleep 0.05; done`])
    const word = `${bin}/lr-llm --url http://127.0.0.1:$(cat ${portFile}) hi`
    const costs = measure({ word, base: 'node -e 0' }, { rounds: 9, repeat: 5, cwd: work })
    const ratio = (costs.word.cpuSeconds / costs.base.cpuSeconds).toFixed(2)
    return [{ what: 'one word by lr-llm from loopback', measured: `${ratio} x node -e 0 (CPU)`, target: '2.0' }]
  } finally {
    server.kill()
  }
}

function sampleStream(bytes: number): string {
  const line = 'export const value = items.map((item) => item.size > 0 ? item : undefined) // and so on\n'
  const block = `<<<< src/file.ts <<<<\n${line.repeat(200)}>>>>>>>>\n`
  return block.repeat(Math.ceil(bytes / block.length))
}

function benchFormat(): Row[] {
  const stream = sampleStream(100_000_000)
  const parts = parseStream(stream)
  const perSecond = (work: () => unknown) => {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now()
      work()
      return performance.now() - start
    })
    return stream.length / 1e6 / (times.sort((left, right) => left - right)[2] ?? 1)
  }
  const scan = perSecond(() => stream.indexOf('\n<<<< never there <<<<\n'))
  const read = perSecond(() => parseStream(stream))
  const write = perSecond(() => Buffer.byteLength(writeStream(parts), 'latin1'))
  return [
    {
      what: 'reading a stream in memory',
      measured: `${read.toFixed(2)} GB/s (a plain indexOf: ${scan.toFixed(2)})`,
      target: '1 GB/s',
    },
    { what: 'writing a stream in memory', measured: `${write.toFixed(2)} GB/s`, target: '1 GB/s' },
  ]
}

function benchFilter(): Row[] {
  writeFileSync(join(work, 'big'), sampleStream(100_000_000))
  const costs = measure(
    { base: 'node -e 0', cat: 'cat big | cat', keep: `cat big | ${bin}/lr-blocks keep '*' | cat` },
    { rounds: 5, repeat: 1, cwd: work },
  )
  const rest = costs.keep.wallSeconds - costs.base.wallSeconds
  const memory = peakMemory(`${bin}/lr-blocks keep '*'`, join(work, 'big'))
  return [
    {
      what: "100 MB through lr-blocks keep '*'",
      measured: `${(rest / costs.cat.wallSeconds).toFixed(1)} x cat and one start (${costs.keep.wallSeconds.toFixed(3)} s; cat ${costs.cat.wallSeconds.toFixed(3)} s), ${memory} MB`,
      target: '3 x, 120 MB',
    },
  ]
}

/** In MB; Linux only, read from the system's account of the ended child. */
function peakMemory(command: string, input: string): string {
  const script = `import resource, subprocess; subprocess.run(['sh', '-c', 'exec ${command.replaceAll("'", "\\'")} < ${input} > /dev/null']); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)`
  try {
    return execaSync('python3', ['-c', script]).stdout
  } catch {
    return 'unknown (no python3)'
  }
}

function benchPack(): Row[] {
  const tree = join(work, 'tree')
  for (let index = 0; index < 2000; index++) {
    const folder = join(tree, `d${index % 40}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `f${index}.ts`), 'const x = 1 // a line of a file\n'.repeat(100))
  }
  execaSync('sh', ['-c', 'git init -q && git add -A'], { cwd: tree })
  const costs = measure(
    { cat: 'git ls-files -z | xargs -0 cat | cat', pack: `${bin}/lr-blocks pack . | cat` },
    { rounds: 7, repeat: 1, cwd: tree },
  )
  const ratio = costs.pack.wallSeconds / costs.cat.wallSeconds
  return [
    {
      what: 'packing 2,000 files (6 MB)',
      measured: `${ratio.toFixed(1)} x git ls-files -z | xargs -0 cat`,
      target: '2.2 x',
    },
  ]
}

/** A fix of two files in one reply, against the check run twice by itself. */
function benchFix(): Row[] {
  const project = join(work, 'fix')
  mkdirSync(join(project, 'replies'), { recursive: true })
  const file = (sign: string) => `module.exports = (a, b) => a ${sign} b\n`
  writeFileSync(
    join(project, 'replies/1.txt'),
    `<<<< add.js <<<<\n${file('+')}>>>>>>>>\n<<<< sub.js <<<<\n${file('-')}>>>>>>>>\n`,
  )
  writeFileSync(
    join(project, 'check.sh'),
    `#!/bin/sh\nnode -e 'process.exit(require("./add.js")(1, 2) === 3 && require("./sub.js")(3, 1) === 2 ? 0 : 1)'\n`,
    { mode: 0o755 },
  )
  const reset = `printf '%s' '${file('-')}' > add.js; printf '%s' '${file('+')}' > sub.js; rm -rf .git FIXES.md; git init -q; git add -A; git -c user.name=b -c user.email=b@localhost commit -qm x`
  const identity =
    'export GIT_AUTHOR_NAME=b GIT_AUTHOR_EMAIL=b@localhost GIT_COMMITTER_NAME=b GIT_COMMITTER_EMAIL=b@localhost'
  const costs = measure(
    {
      reset,
      checks: `${reset}; ./check.sh; ./check.sh`,
      loop: `${reset}; (${identity}; ${bin}/lr-loop -q -m replay:replies --run-dir .git/lr-run add.js sub.js -- ./check.sh)`,
    },
    { rounds: 7, repeat: 1, cwd: project },
  )
  const own = costs.loop.cpuSeconds - costs.checks.cpuSeconds
  return [{ what: 'a whole two-file fix, beyond the checks', measured: `${own.toFixed(2)} s CPU`, target: '0.7 s' }]
}

function print(table: readonly Row[]): void {
  const width = Math.max(...table.map(({ what }) => what.length))
  for (const { what, measured, target } of table) console.log(`${what.padEnd(width)}  ${measured}  (target: ${target})`)
}
