import { cpSync, existsSync, mkdirSync, realpathSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { CommandError, ExitStatus, isProgram, reasonOf, UsageError } from '@loop-runner/cli-kit'

/** A case: a folder with the files that a loop starts from. */
export interface CaseFolder {
  readonly name: string
  /** The files that the loop starts from. */
  readonly repository: string
  /** An `lr.yaml` beside `repo/`. */
  readonly configuration: string | undefined
  /** Files that the loop never sees. */
  readonly hidden: string | undefined
  /** Whether they include a program that checks; otherwise the loop's own check runs again, with the hidden files in place. */
  readonly hasHiddenCheck: boolean
}

/** The program in `hidden/` that checks what the loop left behind. */
export const HIDDEN_CHECK = 'check'

/** Parts of a case that are not files of its repository, if it has no folder `repo`. */
const NOT_REPOSITORY = new Set(['hidden', '.git'])

/** @throws UsageError if the folder does not exist, or its hidden check cannot be run */
export function readCase(path: string, cwd: string): CaseFolder {
  const folder = resolve(cwd, path)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${path}: not a folder (a case is a folder with repo/, lr.yaml and hidden/)`)
  }
  // The parts of a case may be links, such as to a repository that several cases share.
  const inside = (name: string) => (existsSync(join(folder, name)) ? realpathSync(join(folder, name)) : undefined)
  const repository = inside('repo')
  const hidden = inside('hidden')
  const check = join(hidden ?? '', HIDDEN_CHECK)
  const hasHiddenCheck = hidden !== undefined && statSync(check, { throwIfNoEntry: false })?.isFile() === true
  if (hasHiddenCheck && !isProgram(check))
    throw new UsageError(`${join(path, 'hidden', HIDDEN_CHECK)}: not executable (chmod +x)`)
  return {
    name: basename(folder),
    repository: repository ?? realpathSync(folder),
    configuration: repository === undefined ? undefined : inside('lr.yaml'),
    hidden,
    hasHiddenCheck,
  }
}

/**
 * Copies the files that the loop starts from; links stay links.
 *
 * @throws CommandError (3) if a file cannot be copied
 */
export function copyRepository({ repository, configuration }: CaseFolder, target: string): void {
  copy(repository, target, (path) => !NOT_REPOSITORY.has(path.slice(repository.length + 1)))
  if (configuration !== undefined) copy(configuration, join(target, 'lr.yaml'))
}

/** Puts the hidden files into a copy of what the loop left behind. */
export function copyWithHidden(tree: string, { hidden }: CaseFolder, target: string): void {
  copy(tree, target)
  if (hidden !== undefined) copy(hidden, target)
}

function copy(from: string, to: string, filter: (path: string) => boolean = () => true): void {
  try {
    if (statSync(from).isDirectory()) mkdirSync(to, { recursive: true })
    cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter })
  } catch (error) {
    throw new CommandError(ExitStatus.Failed, `${from}: ${reasonOf(error)}`)
  }
}
