/** Names of the same language in the info strings of code blocks. */
const SAME: readonly (readonly string[])[] = [
  ['python', 'py', 'python3', 'py3', 'python2', 'pyi'],
  ['javascript', 'js', 'node', 'nodejs', 'mjs', 'cjs', 'ecmascript', 'jsx'],
  ['typescript', 'ts', 'mts', 'cts', 'tsx'],
  ['sh', 'bash', 'shell', 'shellscript', 'zsh', 'ksh', 'dash', 'posix', 'console', 'terminal', 'shell-session'],
  ['powershell', 'ps1', 'pwsh', 'posh'],
  ['batch', 'bat', 'cmd'],
  ['ruby', 'rb'],
  ['rust', 'rs'],
  ['go', 'golang'],
  ['c++', 'cpp', 'cxx', 'cc', 'hpp'],
  ['c', 'h'],
  ['c#', 'cs', 'csharp'],
  ['f#', 'fs', 'fsharp'],
  ['kotlin', 'kt', 'kts'],
  ['perl', 'pl'],
  ['haskell', 'hs'],
  ['yaml', 'yml'],
  ['markdown', 'md'],
  ['html', 'htm'],
  ['dockerfile', 'docker'],
  ['makefile', 'make', 'mk'],
  ['latex', 'tex'],
  ['json', 'jsonc', 'json5'],
  ['text', 'txt', 'plain', 'plaintext'],
  ['diff', 'patch'],
  ['elixir', 'ex', 'exs'],
  ['erlang', 'erl'],
  ['objective-c', 'objc', 'objectivec'],
  ['sql', 'postgres', 'postgresql', 'mysql', 'sqlite', 'plsql', 'tsql'],
]

/** Whether two names mean one language. */
export function isSameLanguage(left: string, right: string): boolean {
  const [first, second] = [left.toLowerCase(), right.toLowerCase()]
  return first === second || SAME.some((names) => names.includes(first) && names.includes(second))
}

/** The language in the info string of a code block: `python`, `py title="x"`, `{.python .numberLines}`, `sh:run.sh`. */
export function languageOf(info: string): string {
  const [, word = ''] = /^\{?\s*\.?([^\s{},:=]*)/.exec(info) ?? []
  return word
}
