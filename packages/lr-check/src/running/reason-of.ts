import { visibleText } from '@loop-runner/cli-kit'

/** A longer line is not a message for people. */
const LONGEST_REASON = 300

/** A line at the left edge that names an error; stack frames and the values of an error are indented. */
const NAMES_AN_ERROR =
  /^(?=\S).*(?:error\b|\bfatal\b|\bnot found\b|\bno (?:such|rule|tests?)\b|\b(?:can|could|did) ?not\b|\b(?:can|don)'t\b|\bunknown\b|\bmissing\b|\bfailed\b)/i

/**
 * The line of a program's output that says why its run gave no verdict: the first of its errors, the last line of
 * standard error where none is named. Programs end an error by their version, a stack or the path of a log.
 *
 * @returns undefined if there is no line that is short enough for a message
 */
export function reasonOf(stdout: string, stderr: string): string | undefined {
  const errors = linesOf(stderr)
  const line = errors.find(namesAnError) ?? errors.at(-1) ?? linesOf(stdout).find(namesAnError)
  return line === undefined || line.length > LONGEST_REASON ? undefined : visibleText(line)
}

function namesAnError(line: string): boolean {
  return line.length <= LONGEST_REASON && NAMES_AN_ERROR.test(line)
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}
