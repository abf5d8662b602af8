import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BIN, run, tempFolder } from '@loop-runner/test-kit'

const SHIM = fileURLToPath(new URL('../../../../scripts/sweep/fault-shim.cjs', import.meta.url))

/** A tree on the real disk, and a reply for it. */
export interface RealScenario {
  readonly files: Readonly<Record<string, string>>
  readonly reply: string
}

/** A reply of so many files, two in three of them new versions of what is there. */
export function realScenarioOf(count: number): RealScenario {
  const files: Record<string, string> = { 'src/untouched.txt': 'theirs\n' }
  let reply = ''
  for (let index = 0; index < count; index++) {
    const name = index % 3 === 2 ? `src/new${index % 2}/f${index}.txt` : `src/f${index}.txt`
    if (index % 3 !== 2) files[name] = `old ${index}\n`
    reply += `<<<< ${name} <<<<\nnext ${index}\n>>>>>>>>\n`
  }
  return { files, reply }
}

/** One real run with a fault, then one without: what is wrong, or undefined. */
export async function tryRealFault(
  { files, reply }: RealScenario,
  ends: { old: string; next: string },
  fault: string,
): Promise<string | undefined> {
  using folder = tempFolder(inTree(files))
  const status = await apply(folder.path, reply, { LR_FAULT: fault })
  const before = treeOf(folder.path)
  if (status === 0 && before !== ends.next) return 'said to be done, and is not'
  if (status !== 137 && before !== ends.old && before !== ends.next) return `status ${status}, half way: ${before}`
  if (![0, 3, 4, 137].includes(status)) return `status ${status}`
  const again = await apply(folder.path, '', {})
  if (again !== 1) return `the next start: status ${again}`
  const tree = treeOf(folder.path)
  if (tree !== ends.old && tree !== ends.next) return `neither old nor new: ${tree}`
  const left = list(join(folder.path, 'state')).filter((name) => !/\/(?:applied|old)\/[^/]+$|\/$/.test(name))
  return left.length === 0 ? undefined : `left over: ${left.join(', ')}`
}

/** The two trees that there may be, and how many calls a run makes. */
export async function realEndsOf({
  files,
  reply,
}: RealScenario): Promise<{ old: string; next: string; calls: number }> {
  using folder = tempFolder(inTree(files))
  const old = treeOf(folder.path)
  const count = join(folder.path, 'count')
  const status = await apply(folder.path, reply, { LR_FAULT: 'count', LR_FAULT_COUNT: count })
  if (status !== 0) throw new Error(`the scenario itself does not work: status ${status}`)
  return { old, next: treeOf(folder.path), calls: Number(readFileSync(count, 'utf8')) }
}

/** @param fault for the shim, where there is any */
async function apply(folder: string, stdin: string, fault: Readonly<Record<string, string>>): Promise<number> {
  const cwd = join(folder, 'tree')
  const shim = fault['LR_FAULT'] === undefined ? [] : ['--require', SHIM]
  const env = { XDG_STATE_HOME: join(folder, 'state'), ...fault }
  const { status } = await run('node', [...shim, join(BIN, 'lr-apply'), 'src'], { cwd, stdin, env })
  return status
}

function inTree(files: RealScenario['files']): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`tree/${name}`, content]))
}

function treeOf(folder: string): string {
  const tree = join(folder, 'tree')
  const read = (name: string) => (name.endsWith('/') ? '' : readFileSync(join(tree, name), 'utf8'))
  return JSON.stringify(list(tree).map((name) => [name, read(name), lstatSync(join(tree, name)).mode]))
}

/** All files and folders, the latter with a slash. */
function list(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1) + (entry.isDirectory() ? '/' : ''))
    .sort()
}
