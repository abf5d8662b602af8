/** Programs that start the one named behind them. */
const STARTERS = /^(?:env|exec|nice|ionice|nohup|setsid|stdbuf|time|timeout|xvfb-run)$/
/** What such a program is told first: options, variables, times, names of signals. */
const TOLD_STARTER = /^-|=|^[\d.]+[a-z]?$|^[A-Z]+$/
const SHELLS = /^(?:ba|da|k|z)?sh$/
const INTERPRETERS = /^(?:node|nodejs|perl|php|pypy3?|python[\d.]*|Rscript|ruby|ts-node|tsx|lua[\d.]*)$/
/** `bash -n FILE` looks at a file; nothing is started. */
const LOOKS = /^-[a-z]*n[a-z]*$/
const IS_TEXT = /^-[a-z]*c$/
/** A module, text, a test runner or a syntax check: the files behind are what is looked at. */
const NO_SCRIPT = /^-\w*[cempl]$|^-m|^--(?:check|eval|print|test)/

/**
 * The scripts that a check command starts: they judge, and no reply may change them unless a source names them. Files that
 * a program is only given are none: they may be what is judged.
 *
 * @param isFile whether a word names a file, seen from the working directory
 */
export function judgingScripts(command: readonly string[], isFile: (word: string) => boolean): string[] {
  const [program = '', ...args] = command
  const name = program.slice(program.lastIndexOf('/') + 1)
  if (STARTERS.test(name)) {
    const start = args.findIndex((word) => !TOLD_STARTER.test(word))
    return start < 0 ? [] : judgingScripts(args.slice(start), isFile)
  }
  if (SHELLS.test(name)) return scriptsOfShell(args, isFile).map(plain)
  if (INTERPRETERS.test(name)) return firstFile(args, NO_SCRIPT, isFile).map(plain)
  return program.includes('/') && !program.startsWith('/') ? [plain(program)] : []
}

function scriptsOfShell(args: readonly string[], isFile: (word: string) => boolean): readonly string[] {
  const text = args.findIndex((arg) => IS_TEXT.test(arg))
  if (text < 0) return firstFile(args, LOOKS, isFile)
  return (args[text + 1]?.match(/(?<!\S)\.\/[^\s;&|()<>'"]+/g) ?? []).filter(isFile)
}

/** The first word that names a file, so that what an option takes is passed over; none behind `unless`. */
function firstFile(args: readonly string[], unless: RegExp, isFile: (word: string) => boolean): string[] {
  const file = args.findIndex((arg) => !arg.startsWith('-') && !arg.startsWith('/') && isFile(arg))
  return file < 0 || args.slice(0, file).some((arg) => unless.test(arg)) ? [] : args.slice(file, file + 1)
}

function plain(path: string): string {
  return path.replace(/^(\.\/+)+/, '')
}
