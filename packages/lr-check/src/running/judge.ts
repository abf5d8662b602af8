import type { Outcome } from '@loop-runner/stage-protocol'
import type { ProcessResult } from '@loop-runner/cli-kit'
import type { Checker, Rule } from '@loop-runner/checkers'
import { isPython } from '@loop-runner/source-files'
import { didNotRun } from './did-not-run.ts'

/** A run that has ended: its command, how it ended, and its output as plain text. */
export interface Ended {
  readonly argv: readonly string[]
  /** The words of each program that a script starts, as far as they are known. */
  readonly commands?: readonly (readonly string[])[] | undefined
  readonly result: ProcessResult
  readonly stdout: string
  readonly stderr: string
  /** The content of a file that the output names; undefined if it is not a file. */
  readonly textOf: (path: string) => string
}

/**
 * What launchers and version managers print in the place of a program that is not installed, however deep in scripts
 * they were started.
 */
const NOT_INSTALLED = startOfLine(
  String.raw`npm (?:ERR!|error) .*(?:could not determine executable|canceled due to missing packages)`,
  String.raw`npm (?:ERR!|error) code E(?:404|TARGET|NOTFOUND|AI_AGAIN|CONNREFUSED|TIMEDOUT|NOTCACHED)$`,
  'error: rustup could not choose a version of ',
  "error: (?:toolchain )?'[^']+' is not installed(?: for the toolchain .*)?$",
  "(?:py|rb|nod|go|j|ph|pl)env: (?:version [`'][^']+' is not installed|.*: command not found)",
  'No (?:preset )?version (?:is )?(?:set|installed) for command ',
  'mise ERROR No version is set for shim: ',
  'Volta error: (?:Node is not available|Could not find executable )',
  '(?:docker: )?Cannot connect to the Docker daemon',
)

/** Further messages of launchers in this case; without a launcher, they may be the output of a test. */
const NOT_LAUNCHED = new RegExp(
  [
    String.raw`^(?:.*\/)?(?:python|pypy)[\d.]*: No module named `,
    'ERR_PNPM_(?:RECURSIVE_EXEC_FIRST_FAIL|NO_OFFLINE_META|NO_OFFLINE_TARBALL|FETCH_404)',
    'Command "[^"]+" not found$',
    // uv, bun and go without the network.
    'Because .* was not found in the cache|network was disabled|needs to be downloaded from a registry',
    '^error: .*(?:ConnectionRefused|GET https?://.* - 404|failed to resolve)',
    'module lookup disabled by GOPROXY=off',
  ].join('|'),
  'm',
)

function startOfLine(...messages: readonly string[]): RegExp {
  return new RegExp(`^(?:${messages.join('|')})`, 'm')
}

/** A sanitizer reserves terabytes, and a limit on data includes reserved memory. */
const NO_ROOM_FOR_SANITIZER = /^==\d+==ERROR: \w+Sanitizer failed to allocate |ReserveShadowMemoryRange failed/m

/** Whether a run ended because our limit on memory keeps sanitizers from working. */
export function lacksRoom({ stderr }: Pick<Ended, 'stderr'>): boolean {
  return NO_ROOM_FOR_SANITIZER.test(stderr)
}

/**
 * The outcome of a run, by the rules of its checker, or without one by those of any script: "the code is wrong" is
 * never confused with "the checker did not run".
 */
export function judge(ended: Ended, checker: Checker | undefined): Outcome {
  const { result } = ended
  if (result.startError !== undefined) return result.startError === 'E2BIG' ? 'error' : 'missing'
  if (result.timedOut) return 'timeout'
  if (lacksRoom(ended)) return 'error'
  if (result.signal !== undefined) return 'killed'
  if (result.status !== 0 && isNotInstalled(ended)) return 'missing'
  return checker ? judgeKnown(ended, checker) : judgeScript(ended)
}

function judgeScript({ argv, commands = [], result: { status }, stdout, stderr }: Ended): Outcome {
  if (status === 0) return 'pass'
  if (isNotFound(status)) return 'missing'
  return didNotRun([argv, ...commands], `${stdout}\n${stderr}`) ?? 'fail'
}

function judgeKnown(ended: Ended, { rules = [], exit }: Checker): Outcome {
  const { status } = ended.result
  const rule = rules.find((candidate) => holds(candidate, ended))
  if (rule) return rule.is
  return isNotFound(status) ? 'missing' : judgeByStatus(ended, exit)
}

/** The message of a shell, or of a launcher written in it, about a program that it cannot start. */
function isNotFound(status: number): boolean {
  return status === 126 || status === 127
}

function isNotInstalled(ended: Ended): boolean {
  if (NOT_INSTALLED.test(ended.stderr)) return true
  const text = `${ended.stdout}\n${ended.stderr}`
  return startsLauncher(ended) && (NOT_LAUNCHED.test(text) || NOT_INSTALLED.test(text))
}

function startsLauncher({ argv, commands = [] }: Ended): boolean {
  return [argv, ...commands].some(
    ([program = '']) =>
      isPython(program) || /(?:^|\/)(?:npm|npx|bunx?|pnpm|pnpx|yarn|uvx?|pipx|go|env|timeout)$/.test(program),
  )
}

function holds(rule: Rule, { argv, result: { status }, stdout, stderr, textOf }: Ended): boolean {
  const found = (pattern: string | undefined, ...texts: string[]) =>
    pattern === undefined || texts.some((text) => new RegExp(pattern, 'm').test(text))
  return (
    statusHolds(rule, status) &&
    found(rule.stdout, stdout) &&
    found(rule.stderr, stderr) &&
    found(rule.output, stdout, stderr) &&
    (rule.fileHolds === undefined ||
      filesIn(`${stdout}\n${stderr}`, rule).some((path) => found(rule.fileHolds, textOf(path)))) &&
    (rule.lacks === undefined || !found(rule.lacks, stdout, stderr)) &&
    !rule.unless?.some((argument) => argv.includes(argument))
  )
}

/** The files that the group `path` of a rule's `output` names, each once. */
function filesIn(text: string, { output = '' }: Rule): string[] {
  const named = [...text.matchAll(new RegExp(output, 'gm'))].map(({ groups }) => groups?.['path'] ?? '')
  return [...new Set(named)].filter((path) => path !== '')
}

function statusHolds({ status: statuses, bits }: Rule, status: number): boolean {
  if (statuses && !statuses.includes(status)) return false
  // From 128 on a status speaks of a signal, not in bits.
  return bits === undefined || (status < 128 && (status & bits) !== 0)
}

function judgeByStatus({ result: { status }, stdout, stderr }: Ended, exit: Checker['exit']): Outcome {
  if (exit.pass.includes(status)) return 'pass'
  if (exit.none?.includes(status)) return 'none'
  if (exit.fail?.includes(status)) {
    // A complaint without a word is no finding: the checker broke (reviewdog #513).
    return stdout.trim() === '' && stderr.trim() === '' ? 'error' : 'fail'
  }
  return status > 128 && status < 160 ? 'killed' : 'error'
}
