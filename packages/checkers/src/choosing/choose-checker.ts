import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuiltIn, type Checker, type Checkers, OWN_PROGRAM } from '@loop-runner/checker-table'
import { findProgram, projectFolders } from './find-program.ts'

/** Where checkers are looked for. */
interface Place {
  readonly checkers: Checkers
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** Of a chain the first checker that is there, and those before it that would have been for these files. */
export function chooseFrom(
  chain: readonly string[],
  { checkers, cwd, env }: Place,
): { readonly chosen: string | undefined; readonly missing: readonly string[] } {
  const missing: string[] = []
  for (const name of chain) {
    const checker = checkers[name]
    if (!checker || !isConfigured(checker, cwd)) continue
    if (checker.builtIn !== undefined || missingProgram(checker, cwd, env) === undefined)
      return { chosen: name, missing }
    missing.push(name)
  }
  return { chosen: undefined, missing }
}

/** Whether a checker has the configuration without which it does nothing: a file, or a table in one (`setup.cfg[mypy]`). */
export function isConfigured({ config }: Checker, cwd: string): boolean {
  if (!config) return true
  return projectFolders(cwd).some((folder) =>
    config.some((entry) => {
      const [, name = '', table] = /^(.*?)(?:\[(.*)\])?$/.exec(entry) ?? []
      const path = join(folder, name)
      return existsSync(path) && (table === undefined || readFileSync(path, 'utf8').includes(`[${table}`))
    }),
  )
}

/** What of lr-check itself does a checker's work here; undefined where its program does, or should. */
export function builtInOf(checker: Checker, cwd: string, env: NodeJS.ProcessEnv): BuiltIn | undefined {
  const { builtIn, command } = checker
  if (command[0] === OWN_PROGRAM || missingProgram(checker, cwd, env) !== undefined) return builtIn
  return undefined
}

/** The first program of a checker that is not there. */
export function missingProgram(
  { command, requires = [] }: Checker,
  cwd: string,
  env: NodeJS.ProcessEnv,
): string | undefined {
  return [command[0] ?? '', ...requires].find((program) => findProgram(program, cwd, env) === undefined)
}
