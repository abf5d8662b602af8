import { type BuiltIn, type Checker, type Kind, runsCode } from '@loop-runner/checker-table'

/** One run to be made: what is started, where, and by whose rules it is judged. */
export interface Plan {
  readonly argv: readonly string[]
  /** What `argv` comes to, where a script of package.json says so. */
  readonly started?: readonly string[]
  /** Relative to the working directory; `.` is the directory itself. */
  readonly folder: string
  /** Undefined for a command that is no known checker: a script. */
  readonly checker: Checker | undefined
  /** Whether lr-check composed the command, not the user. */
  readonly isComposed?: boolean
  /** Of a script: the words of each program that it starts, as far as its command line shows. */
  readonly commands?: readonly (readonly string[])[]
  /** Of a script: the known checkers among them. */
  readonly inside?: readonly Checker[]
  /** Its own time limit, which prevails over the general one. */
  readonly timeoutMs?: number | undefined
  /** The sources that it is made for; empty where it finds its own. */
  readonly files: readonly string[]
  /** What of lr-check itself does the work; undefined where a process is started. */
  readonly builtIn?: BuiltIn | undefined
  /** On what its result depends, where it may be kept: these sources, and files that these patterns mean (see findInputs). */
  readonly cache?: { readonly files: readonly string[]; readonly inputs: readonly string[] } | undefined
  /** Set where it is known beforehand that nothing can run: what the run's standard error says. */
  readonly obstacle?: { readonly outcome: 'missing' | 'none' | 'fail'; readonly message: string }
}

export function kindOf({ checker }: Plan): Kind {
  return checker?.kind ?? 'script'
}

const LINT_TIMEOUT_MS = 60_000
const TEST_TIMEOUT_MS = 300_000

/** How long a run may take by default: 60 s, or 300 s for what runs the code itself. */
export function defaultTimeoutMs(plan: Plan): number {
  return runsCode(kindOf(plan)) ? TEST_TIMEOUT_MS : LINT_TIMEOUT_MS
}

/** A path as an argument: never read as an option. */
export function asArgument(path: string): string {
  return path.startsWith('-') ? `./${path}` : path
}

/** The arguments with each one that is `placeholder` replaced by any number of others. */
export function fillIn(argv: readonly string[], placeholder: string, values: readonly string[]): string[] {
  return argv.flatMap((word) => (word === placeholder ? values : [word]))
}
