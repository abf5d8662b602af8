// Prints the bytes of prompts and replies: of ten broken programs against a plain loop, which sends the file and all that the
// check printed and gets the whole file back, without a word of instructions; and of packages from npm with a planted bug.
// A scripted model gives the right reply, so each must be fixed by one call. Needs: git, python3 with pytest, npm and its registry.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execaSync } from 'execa'
import { hasProgram } from '@loop-runner/test-kit'
import { BROKEN_PROGRAMS, PLANTED_BUGS, type PlantedBug, type Replacement, TEST_DEPENDENCIES } from './prompt-cases.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const broken = join(root, 'packages/lr-check/fixtures/broken')
const work = mkdtempSync(join(tmpdir(), 'lr-bench-'))
/** One of the programs loops without end. */
const TIMEOUT_SECONDS = 20

interface Sizes {
  readonly prompt: string
  readonly promptBytes: number
  readonly replyBytes: number
  readonly plainBytes: number
  readonly isFixed: boolean
}

try {
  benchPrograms()
  benchPackages()
} finally {
  rmSync(work, { recursive: true, force: true })
}

function benchPrograms(): void {
  if (execaSync('python3', ['-m', 'pytest', '--version'], { reject: false, stdio: 'ignore' }).exitCode !== 0)
    return console.log('ten broken programs: skipped (python3 -m pytest not found)')
  const ratios = Object.entries(BROKEN_PROGRAMS).map(([name, replacements]) => {
    const folder = join(work, name)
    const file = `${name}.py`
    mkdirSync(folder)
    for (const each of [file, `test_${file}`]) cpSync(join(broken, each), join(folder, each))
    const before = readFileSync(join(folder, file), 'utf8')
    const after = replacements.reduce(replace, before)
    const check = ['python3', '-m', 'pytest', '-p', 'no:cacheprovider', `test_${file}`]
    return report(name, sizesOf(folder, { file, sources: [file], after, reply: block(file, after), check }))
  })
  const median = ratios
    .sort((left, right) => left - right)
    .slice(4, 6)
    .reduce((sum, ratio) => sum + ratio / 2, 0)
  console.log(`median of ${ratios.length} ratios: ${median.toFixed(2)}  (target: 0.5)`)
}

function benchPackages(): void {
  if (!hasProgram('npm') || !install())
    return console.log('packages from npm: skipped (npm or its registry is missing)')
  for (const bug of PLANTED_BUGS) {
    const folder = fetchPackage(bug.package)
    if (folder === undefined) console.log(`${bug.package}: skipped (cannot be fetched)`)
    else benchPackage(bug, folder)
  }
}

function benchPackage({ package: name, file, right, wrong }: PlantedBug, folder: string): void {
  const after = readFileSync(join(folder, file), 'utf8')
  const before = replace(after, { old: right, new: wrong })
  writeFileSync(join(folder, file), before)
  const edit = `<<<<<<< SEARCH\n${lineWith(wrong, before)}\n=======\n${lineWith(right, after)}\n>>>>>>> REPLACE\n`
  const check = ['../node_modules/.bin/tape', 'test/**/*.js']
  const sizes = sizesOf(folder, { file, sources: ['.'], after, reply: block(file, edit), check })
  report(name, sizes)
  const names = [...sizes.prompt.matchAll(/^<<<< (.+) <<<<$/gm)].map(([, path = '']) => path)
  console.log(`  blocks of its prompt: ${[...new Set(names)].join(', ')}`)
}

interface Case {
  /** The broken file, and what it must hold. */
  readonly file: string
  readonly after: string
  readonly sources: readonly string[]
  readonly reply: string
  readonly check: readonly string[]
}

/** Runs a loop whose model gives the reply, and the check alone for what a plain loop would send. */
function sizesOf(folder: string, { file, after, sources, reply, check }: Case): Sizes {
  const replies = `${folder}.replies`
  const run = `${folder}.run`
  mkdirSync(replies)
  writeFileSync(join(replies, '1.txt'), reply)
  const before = readFileSync(join(folder, file))
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'b'],
      [`GIT_${who}_EMAIL`, 'b@localhost'],
    ]),
  )
  const raw = execaSync('timeout', [`${TIMEOUT_SECONDS}`, ...check], {
    cwd: folder,
    reject: false,
    all: true,
    maxBuffer: 1e9,
  }).all
  execaSync('sh', ['-c', 'git init -q && git add -A && git commit -qm x'], { cwd: folder, env })
  const options = [
    '-q',
    '-i',
    '1',
    '-m',
    `replay:${replies}`,
    '--run-dir',
    run,
    '--check-timeout',
    `${TIMEOUT_SECONDS}s`,
  ]
  const { exitCode } = execaSync(join(root, 'bin/lr-loop'), [...options, ...sources, '--', ...check], {
    cwd: folder,
    env,
    reject: false,
  })
  const prompt = readFileSync(join(run, '1/prompt.out'), 'utf8')
  return {
    prompt,
    promptBytes: Buffer.byteLength(prompt),
    replyBytes: Buffer.byteLength(reply),
    plainBytes: before.length + Buffer.byteLength(raw) + Buffer.byteLength(after),
    isFixed: exitCode === 0 && readFileSync(join(folder, file), 'utf8') === after,
  }
}

/** @returns the ratio to the plain loop */
function report(name: string, { promptBytes, replyBytes, plainBytes, isFixed }: Sizes): number {
  const ratio = (promptBytes + replyBytes) / plainBytes
  const bytes = `${promptBytes} + ${replyBytes} bytes, plain loop ${plainBytes}, ratio ${ratio.toFixed(2)}`
  console.log(`${name.padEnd(20)} ${bytes}${isFixed ? ', fixed by one call' : ', NOT FIXED'}`)
  return ratio
}

function install(): boolean {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent']
  return npm(['install', '--prefix', work, ...options, ...TEST_DEPENDENCIES]) !== undefined
}

/** @returns its folder, beside what its tests load; undefined if the registry does not give it */
function fetchPackage(name: string): string | undefined {
  const archive = npm(['pack', '--silent', '--pack-destination', work, name])
  if (archive === undefined) return undefined
  const folder = join(work, name.replace(/@.*/, ''))
  mkdirSync(folder)
  execaSync('tar', ['-xzf', join(work, basename(archive)), '-C', folder, '--strip-components=1'])
  return folder
}

function npm(args: readonly string[]): string | undefined {
  const { exitCode, stdout } = execaSync('npm', args, { cwd: work, reject: false })
  return exitCode === 0 ? stdout.trim().split('\n').at(-1) : undefined
}

function block(file: string, content: string): string {
  return `<<<< ${file} <<<<\n${content}>>>>>>>>\n`
}

/** @throws Error if the text does not hold it exactly once: the case no longer fits its file */
function replace(text: string, { old, new: by }: Replacement): string {
  if (text.split(old).length !== 2) throw new Error(`not there exactly once: ${old}`)
  return text.replace(old, () => by)
}

function lineWith(part: string, text: string): string {
  return text.split('\n').find((line) => line.includes(part)) ?? ''
}
