import { basename } from 'node:path'
import { PYTHON } from '@loop-runner/source-files'

/** The message of a program that cannot find the file or script it should run: the program's name, and the message. */
interface NotFound {
  readonly program: RegExp
  readonly message: RegExp
  /** `missing` for a program that is not installed; a wrong name or path is an error. */
  readonly outcome?: 'missing'
}

const NOT_FOUND: readonly NotFound[] = [
  {
    program: /^g?make$/,
    message:
      /^g?make(?:\[\d+\])?: \*\*\* (?:No targets specified and no makefile found|No rule to make target [^,]*)\.  Stop\.$|^g?make: .*: No such file or directory$/m,
  },
  { program: /^g?make$/, message: /^g?make(?:\[\d+\])?: \*\*\* \[.*\] Error 127$/m, outcome: 'missing' },
  {
    program: /^npm$/,
    message: /^npm (?:ERR!|error) [Mm]issing script: |^npm (?:ERR!|error) path .*package\.json$|^Unknown command: "/m,
  },
  { program: /^pnpm$/, message: /ERR_PNPM_NO_SCRIPT|ERR_PNPM_NO_IMPORTER_MANIFEST_FOUND|^Command "[^"]+" not found/m },
  { program: /^yarn$/, message: /^error Command "[^"]+" not found\.|^Usage Error: Couldn't find a script named /m },
  { program: /^bun$/, message: /^error: (?:Script|Module) not found /m },
  { program: /^deno$/, message: /^error: Module not found "file:|^error: Task not found/m },
  { program: PYTHON, message: /^.*: can't (?:open file|find '__main__' module in) /m },
  { program: /^cargo$/, message: /^error: no such (?:command|subcommand): |^error: could not find `Cargo\.toml`/m },
  { program: /^cargo$/, message: /^error: no (?:bin|test|example|bench) target named /m },
  {
    program: /^go$/,
    message: /^go \S+: unknown command$|^stat \S+: no such file or directory$|^go: go\.mod file not found/m,
  },
  { program: /^ruby[\d.]*$/, message: /^ruby[\d.]*: No such file or directory -- .* \(LoadError\)$/m },
  { program: /^rake$/, message: /^Don't know how to build task |^No Rakefile found/m },
  { program: /^perl[\d.]*$/, message: /^Can't open perl script "/m },
  { program: /^prove$/, message: /^Cannot detect source of '/m },
  { program: /^php[\d.]*$/, message: /^Could not open input file: /m },
  { program: /^composer$/, message: /^\s*(?:Command|Script) "[^"]+" is not defined/m },
  { program: /^(?:da|ba|k|a)?sh$/, message: /^\S*sh: (?:\d+: )?(?:cannot open|Can't open|can't open) /m },
  { program: /^lua[\d.]*$/, message: /^lua[\d.]*: cannot open /m },
  { program: /^Rscript$/, message: /^Fatal error: cannot open file /m },
  { program: /^java$/, message: /^Error: (?:Could not find or load main class|Unable to access jarfile) /m },
  { program: /^mvnw?$/, message: /Unknown lifecycle phase "/ },
  { program: /^gradlew?$/, message: /^(?:Task '[^']+'|Project '[^']+') not found in /m },
  { program: /^mix$/, message: /^\*\* \(Mix\) The task "[^"]+" could not be found/m },
  { program: /^just$/, message: /^error: (?:Justfile does not contain recipe|No justfile found)/im },
  { program: /^task$/, message: /^task: (?:Task "[^"]+" does not exist|No Taskfile found)/m },
  { program: /^tox$/, message: /provided environments not found in configuration file/ },
  { program: /^nox$/, message: /Sessions not found: / },
  { program: /^uv$/, message: /^error: Failed to spawn: /m, outcome: 'missing' },
  { program: /^(?:poetry|pdm|hatch)$/, message: /^(?:Command not found: |The command "?\S+"? does not exist)/m },
  { program: /^[gm]?awk$/, message: /^[gm]?awk: .*(?:cannot|can't) open /m },
  { program: /^git$/, message: /^git: '[^']+' is not a git command/m },
]

/** Node says the same of a file that a source imports: only then some file is in the list of those that require it. */
const NODE_WITHOUT_SCRIPT = /^Error: Cannot find module '[^'\n]*'\n(?:.*\n){0,12}? +requireStack: \[\]/m

/** Whether a failed script's command named something that is not there, so that nothing was checked. */
export function didNotRun(commands: readonly (readonly string[])[], output: string): 'error' | 'missing' | undefined {
  for (const [program = ''] of commands) {
    const name = basename(program)
    if (/^node(?:js)?$/.test(name) && NODE_WITHOUT_SCRIPT.test(output)) return 'error'
    const found = NOT_FOUND.find(({ program: pattern, message }) => pattern.test(name) && message.test(output))
    if (found) return found.outcome ?? 'error'
  }
  return undefined
}
