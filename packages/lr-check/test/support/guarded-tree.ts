import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bash, run, tempFolder } from '@loop-runner/test-kit'

export type Files = Readonly<Record<string, string>>

/** The check reads two "tests" and says how many they are. */
export const TREE: Files = {
  'src/a.py': 'right = 1\n',
  'src/b.py': '',
  'tests/one.txt': 'right\n',
  'tests/two.txt': '',
  'check.sh': 'ls tests | sed "s/.*/ok &/"; echo "1..$(ls tests | wc -l)"; grep -qrf tests/one.txt src\n',
}
export const CHECK = ['--', 'sh', 'check.sh']

/** Runs lr-check in a tree, twice: before and after something is done to it. */
export async function guarded({
  args = ['src'],
  check = CHECK,
  files = {},
  does,
  again = args,
}: {
  args?: readonly string[]
  check?: readonly string[]
  files?: Files
  does: Files | string
  again?: readonly string[]
}) {
  using folder = tempFolder()
  const cwd = join(folder.path, 'tree')
  write(cwd, { ...TREE, ...files })
  const lrCheck = (some: readonly string[]) => run('lr-check', ['--guard', '../guard.json', ...some, ...check], { cwd })
  const first = await lrCheck(args)
  if (typeof does === 'string') await bash(does, { cwd })
  else write(cwd, does)
  const second = await lrCheck(again)
  return { first, second, outcomes: second.stdout.match(/(?<=^<<<< outcome <<<<\n).*/gm) ?? [] }
}

export function write(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
}
