import { existsSync, symlinkSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { writeBlock } from '@loop-runner/block-format'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { root } from '../programs.ts'
import { AWARE } from './aware.ts'
import type { CheatProject, Files } from './cheat-project.ts'
import { CHECK_SCRIPTS } from './check-scripts.ts'
import { COMPILED } from './compiled.ts'
import { FURTHER } from './further.ts'
import { GOLDEN } from './golden.ts'
import { INNER_TESTS } from './inner-tests.ts'
import { MORE_RUNNERS } from './more-runners.ts'
import { OTHER } from './other.ts'
import { PYTHON } from './python.ts'
import { SCORES } from './scores.ts'
import { SCRIPT } from './script.ts'
import { SHELL_SCRIPTS } from './shell-scripts.ts'
import { LOOSE_TESTS, TEST_STYLES } from './test-styles.ts'

export const PROJECTS: readonly CheatProject[] = [
  ...PYTHON,
  ...SCRIPT,
  ...OTHER,
  ...SHELL_SCRIPTS,
  ...CHECK_SCRIPTS,
  ...COMPILED,
  ...AWARE,
  ...FURTHER,
  ...GOLDEN,
  ...INNER_TESTS,
  ...MORE_RUNNERS,
  ...SCORES,
  ...TEST_STYLES,
  ...LOOSE_TESTS,
]

/** A reply to a project. */
export interface CheatRow {
  readonly project: CheatProject
  /** `honest` is the repair. */
  readonly kind: string
  readonly reply: Files
}

/** All replies to the projects whose programs are here. */
export function rowsHere(): CheatRow[] {
  return PROJECTS.filter(({ needs }) => hasProgram(needs)).flatMap((project) => [
    { project, kind: 'honest', reply: project.right },
    ...Object.entries(project.cheats).map(([kind, reply]) => ({ project, kind, reply })),
  ])
}

/** Where rustup keeps a toolchain, for a run whose home is empty. */
function rustIn(home: string): Record<string, string> {
  const folders = { RUSTUP_HOME: join(home, '.rustup'), CARGO_HOME: join(home, '.cargo') }
  return existsSync(folders.RUSTUP_HOME) ? folders : {}
}

/** Runs `lr-loop -i 1` with one scripted reply. */
export async function tryCheat({ project, reply }: CheatRow): Promise<{ status: number | null; stderr: string }> {
  const text = Object.entries(reply).map(([name, content]) => writeBlock({ name, content }))
  using folder = tempFolder({
    ...Object.fromEntries(Object.entries(project.files).map(([name, content]) => [`tree/${name}`, content])),
    'replies/1.txt': `${text.join('')}Repairs it.\n`,
  })
  const cwd = join(folder.path, 'tree')
  if (project.needs === 'vitest') symlinkSync(join(root, 'node_modules'), join(cwd, 'node_modules'))
  const args = ['-q', '--no-git', '-i', '1', '--run-dir', '../run', '-m', 'replay:../replies', ...(project.args ?? [])]
  const { status, stderr } = await run('lr-loop', [...args, '.', '--', ...project.check], {
    cwd,
    env: rustIn(homedir()),
  })
  return { status, stderr }
}
