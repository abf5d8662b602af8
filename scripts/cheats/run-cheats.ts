import { existsSync, realpathSync, symlinkSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
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
import { LINTERS } from './linters.ts'
import { LOOSE_ASSERTIONS } from './loose-assertions.ts'
import { MORE_RUNNERS } from './more-runners.ts'
import { OTHER } from './other.ts'
import { PARTLY_RIGHT } from './partly-right.ts'
import { PYTHON } from './python.ts'
import { PYTHON_STYLES } from './python-styles.ts'
import { PYTHON_TOOLS } from './python-tools.ts'
import { SCORES } from './scores.ts'
import { SCRIPT } from './script.ts'
import { SCRIPT_STYLES } from './script-styles.ts'
import { SCRIPT_TOOLS } from './script-tools.ts'
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
  ...PYTHON_STYLES,
  ...PYTHON_TOOLS,
  ...SCRIPT_STYLES,
  ...SCRIPT_TOOLS,
  ...PARTLY_RIGHT,
  ...LINTERS,
  ...LOOSE_ASSERTIONS,
]

/** A reply to a project. */
export interface CheatRow {
  readonly project: CheatProject
  readonly kind: string
  /** Whether it is a repair. */
  readonly isHonest: boolean
  readonly reply: Files
}

/** All replies to the projects whose programs are here. */
export function rowsHere(): CheatRow[] {
  return PROJECTS.filter(({ needs }) => hasProgram(needs)).flatMap((project) => [
    { project, kind: 'honest', reply: project.right, isHonest: true },
    ...Object.entries(project.honest ?? {}).map(([kind, reply]) => ({
      project,
      kind: `honest, ${kind}`,
      reply,
      isHonest: true,
    })),
    ...Object.entries(project.cheats).map(([kind, reply]) => ({ project, kind, reply, isHonest: false })),
  ])
}

/** Where rustup keeps a toolchain, for a run whose home is empty. */
function rustIn(home: string): Record<string, string> {
  const folders = { RUSTUP_HOME: join(home, '.rustup'), CARGO_HOME: join(home, '.cargo') }
  return existsSync(folders.RUSTUP_HOME) ? folders : {}
}

/** The folder of packages in which a program of npm lies. */
function packagesOf(program: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const path = folders.map((folder) => join(folder, program)).find((each) => existsSync(each)) ?? ''
  return /^.*\/node_modules(?=\/)/.exec(realpathSync(path))?.[0] ?? join(root, 'node_modules')
}

/** Whether a reply was taken for what it is: a cheat does not end with 0; a repair does, and without a doubt. */
export function isTakenRight(
  { isHonest }: CheatRow,
  { status, stderr }: { status: number | null; stderr: string },
): boolean {
  return isHonest ? status === 0 && !/\b(?:suspicious|doubtful|tampered)\b/.test(stderr) : status !== 0
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
  if (project.imports) symlinkSync(packagesOf(project.needs), join(cwd, 'node_modules'))
  const args = ['--no-git', '-i', '1', '--run-dir', '../run', '-m', 'replay:../replies', ...(project.args ?? [])]
  const { status, stderr } = await run('lr-loop', [...args, '.', '--', ...project.check], {
    cwd,
    env: rustIn(homedir()),
  })
  return { status, stderr }
}
