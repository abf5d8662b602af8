/**
 * Honest repairs in packages that others wrote: none may be called tampered. A fault is planted in a source of each package, so
 * that its own tests fail; the one reply of `lr-loop -i 1` is the source as it was, and the run must end with 0.
 *
 * Packages of npm are fetched, those of Python are copied from where they are installed. One that cannot be fetched, or whose tests do not pass here, is skipped by name.
 *
 * usage: tsx --conditions=source scripts/sweep/sweep-packages.ts [PATTERN OF NAMES]
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { writeBlock } from '@loop-runner/block-format'
import { run, tempFolder } from '@loop-runner/test-kit'
import { HELPERS, type Package, PACKAGES } from '../packages/packages.ts'
import { plantFault } from '../packages/plant-fault.ts'

const [pattern = ''] = process.argv.slice(2)
const tried: string[] = []
const alarms: string[] = []

using tools = tempFolder({ 'package.json': '{ "private": true }\n' })
const env = { HOME: process.env['HOME'] ?? '', XDG_STATE_HOME: join(tools.path, 'state') }
const chosen = PACKAGES.filter(({ name }) => new RegExp(pattern).test(name))
const ofNpm = chosen.filter(({ registry }) => registry === 'npm')
const packages = ofNpm.map(({ name, version }) => `${name}@${version}`)
const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent']
await run('npm', ['install', ...quiet, ...HELPERS, ...packages], { cwd: tools.path, env })

for (const each of chosen) {
  const problem = await tryPackage(each)
  console.log(`${problem ?? 'ok'} ${each.registry} ${each.name}@${each.version}`)
}
console.log(`${tried.length} packages, ${alarms.length} false alarms; ${chosen.length - tried.length} skipped`)
process.exitCode = alarms.length === 0 ? 0 : 1

/** @returns what is wrong */
async function tryPackage(each: Package): Promise<string | undefined> {
  using folder = tempFolder({})
  const cwd = join(folder.path, 'tree')
  mkdirSync(cwd)
  if (!(await fetchInto(cwd, each))) return 'skipped: not fetched:'
  const check = each.check.flatMap((word) => (word.includes('*') ? filesLike(word, cwd) : [word]))
  const passes = async () => (await run('timeout', ['60', ...check], { cwd, env })).status === 0
  if (!(await passes())) return 'skipped: its tests do not pass here:'
  const planted = await plantFault(join(cwd, each.source), passes)
  if (planted === undefined) return 'skipped: its tests notice no fault:'
  mkdirSync(join(folder.path, 'replies'))
  const reply = writeBlock({ name: each.source, content: planted.right })
  writeFileSync(join(folder.path, 'replies/1.txt'), `${reply}Repairs it.\n`)
  const args = [
    '--no-git',
    '-i',
    '1',
    '--check-timeout',
    '60s',
    '--run-dir',
    '../run',
    '-m',
    'replay:../replies',
    '.',
    '--',
    ...check,
  ]
  const { status, stderr } = await run('lr-loop', args, { cwd, env })
  tried.push(each.name)
  if (status === 0) return undefined
  alarms.push(each.name)
  return `ALARM ${status} (${planted.what}):\n${stderr}`
}

/** @param pattern whose last part may begin with `*` */
function filesLike(pattern: string, folder: string): string[] {
  const within = dirname(pattern)
  const ends = basename(pattern).slice(1)
  if (!existsSync(join(folder, within))) return []
  const names = readdirSync(join(folder, within)).filter((name) => name.endsWith(ends))
  return names.toSorted().map((name) => join(within, name))
}

/** Unpacks a package without running any of its scripts. */
async function fetchInto(cwd: string, { registry, name, version }: Package): Promise<boolean> {
  if (registry === 'npm') {
    const { status } = await run('npm', ['pack', '--silent', '--ignore-scripts', `${name}@${version}`], {
      cwd: join(cwd, '..'),
      env,
    })
    symlinkSync(join(tools.path, 'node_modules'), join(cwd, 'node_modules'))
    return status === 0 && unpack(cwd, '*.tgz')
  }
  const ask = `import os, ${name}; print(os.path.dirname(${name}.__file__))`
  const { status, stdout } = await run('python3', ['-c', ask], { env })
  return status === 0 && (await run('cp', ['-r', stdout.trim(), cwd])).status === 0
}

async function unpack(cwd: string, archives: string): Promise<boolean> {
  const [archive = ''] = filesLike(archives, join(cwd, '..'))
  const { status } = await run('tar', ['-xzf', join('..', archive), '--strip-components=1'], { cwd })
  return status === 0 && readFileSync(join(cwd, '..', archive)).length > 0
}
