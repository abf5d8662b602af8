import type { ProcessResult } from '@loop-runner/cli-kit'
import type { Checker, Rule } from '../checkers/checker.ts'
import type { Outcome } from './outcome.ts'

/** A run that has ended: what was started, how it ended and what it printed, as plain text. */
export interface Ended {
  readonly argv: readonly string[]
  readonly result: ProcessResult
  readonly stdout: string
  readonly stderr: string
  /** What a file holds that the output names; nothing where it is none. */
  readonly textOf: (path: string) => string
}

/** What launchers such as `python -m` and `npx` print where the program that they should start is not there. */
const NOT_INSTALLED =
  /^(?:.*\/)?(?:python|pypy)[\d.]*: No module named |^npm (?:ERR!|error) .*(?:could not determine executable|canceled due to missing packages)|^npm (?:ERR!|error) code E(?:404|NOTFOUND|AI_AGAIN|CONNREFUSED|TIMEDOUT|NOTCACHED)$|ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL|Command "[^"]+" not found$/m

/** What make and npm's kind print where they do not know what they should run: that is nobody's code. */
const NOTHING_TO_RUN =
  /^g?make: \*\*\* (?:No targets specified and no makefile found|No rule to make target [^,]*)\.  Stop\.$|^npm (?:ERR!|error) [Mm]issing script: |^.*ERR_PNPM_NO_SCRIPT|^npm (?:ERR!|error) path .*package\.json$/m

/** A sanitizer reserves terabytes, and a limit on data counts what it reserves. */
const NO_ROOM_FOR_SANITIZER = /^==\d+==ERROR: \w+Sanitizer failed to allocate |ReserveShadowMemoryRange failed/m

/** Whether a run ended because our limit on memory keeps sanitizers from working. */
export function lacksRoom({ stderr }: Pick<Ended, 'stderr'>): boolean {
  return NO_ROOM_FOR_SANITIZER.test(stderr)
}

/**
 * The outcome of a run, by the rules of its checker, or of any script where there is none (research/check-prompt.md
 * 7.2): "the code is wrong" is never confused with "the checker did not run".
 */
export function judge(ended: Ended, checker: Checker | undefined): Outcome {
  const { result } = ended
  if (result.startError !== undefined) return result.startError === 'E2BIG' ? 'error' : 'missing'
  if (result.timedOut) return 'timeout'
  if (lacksRoom(ended)) return 'error'
  if (result.signal !== undefined) return 'killed'
  if (result.status !== 0 && isLauncher(ended.argv) && NOT_INSTALLED.test(ended.stderr)) return 'missing'
  return checker ? judgeKnown(ended, checker) : judgeScript(ended)
}

function judgeScript({ argv, result: { status }, stdout, stderr }: Ended): Outcome {
  if (status === 0) return 'pass'
  if (isTaskRunner(argv) && NOTHING_TO_RUN.test(`${stdout}\n${stderr}`)) return 'error'
  return isNotFound(status) ? 'missing' : 'fail'
}

function judgeKnown(ended: Ended, { rules = [], exit }: Checker): Outcome {
  const { status } = ended.result
  const rule = rules.find((candidate) => holds(candidate, ended))
  if (rule) return rule.is
  return isNotFound(status) ? 'missing' : judgeByStatus(ended, exit)
}

/** What a shell, or a launcher written in it, says of a program that it cannot start. */
function isNotFound(status: number): boolean {
  return status === 126 || status === 127
}

function isLauncher([program = '']: readonly string[]): boolean {
  return /(?:^|\/)(?:npx|bunx|pnpm|(?:python|pypy)[\d.]*)$/.test(program)
}

function isTaskRunner([program = '']: readonly string[]): boolean {
  return /(?:^|\/)(?:g?make|npm|pnpm)$/.test(program)
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
