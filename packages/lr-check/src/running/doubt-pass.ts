import { isPython } from '@loop-runner/source-files'
import type { Ended } from './judge.ts'
import type { Reviewed } from './review-pass.ts'

/** A reason to doubt a pass: a pattern for the output, and its description. */
const DOUBTS: readonly (readonly [RegExp, string])[] = [
  // console.assert of Node and Deno; assert() of C and C++, of PHP.
  [
    /^Assertion failed(?::|$)|^[^\s:]+: [^\n]*: Assertion [`'"][^\n]*' failed\.?$|^(?:PHP )?Warning: +assert\(/m,
    'a failed assertion',
  ],
  [
    /^(?:=+ )?(?:\d+ \w+, )*0 passed\b|^# pass 0$|^Ran 0 tests\b|^\s*0 passing\b|\b0 tests? passed\b|^collected 0 items\b|^(?:=+ )?no tests ran\b/m,
    'no passed test',
  ],
  [
    /^(?:=+ |Tests?:\s+)?(?:\d+ \w+, )*[1-9]\d* failed(?:,| in [\d.]+ ?m?s| =|$)|^# fail [1-9]|^\s*[1-9]\d* failing$|^FAILED \((?:failures|errors)=|^not ok \d+\b(?!.*# *(?:todo|skip))/im,
    'a failed test',
  ],
  // Of sh, dash, bash and zsh.
  [
    /^[^\s:]+:(?: line)?(?: ?\d+:)? [^\n:]+: (?:command )?not found$|^zsh:\d+: command not found: /m,
    'a missing command',
  ],
  [/^Traceback \(most recent call last\):$/m, 'a traceback'],
  // Shells, Go, JavaScript, Java, Rust, PHP and Swift, .NET, Elixir, Lua, sanitizers of C.
  [
    /^(?:Segmentation fault|panic: |fatal error: |(?:error: )?Uncaught |\(node:\d+\) UnhandledPromiseRejection|Exception in thread "|thread '[^'\n]*' (?:\(\d+\) )?panicked at|(?:PHP )?Fatal error: |Unhandled exception[.:]|\*\* \(\w+Error\)|lua[\d.]*: |=+\d+=+ ?ERROR: \w+Sanitizer)/m,
    'a crash',
  ],
]

/** Whether Python leaves out `assert` statements. */
function skipsAsserts({ argv, commands = [] }: Ended, env: NodeJS.ProcessEnv): boolean {
  if ([argv, ...commands].flat().some((word) => /^PYTHONOPTIMIZE=./.test(word))) return true
  return [argv, ...commands].some(([program = '', ...args]) => {
    if (!isPython(program)) return false
    const own = args.slice(0, args.findIndex((word) => !word.startsWith('-')) >>> 0)
    return (env['PYTHONOPTIMIZE'] ?? '') !== '' || own.some((word) => /^-[A-Zb-ln-z]*O/.test(word))
  })
}

/**
 * A pass that something speaks against: it is named, and with --strict it is inconclusive. A runner's own report speaks
 * for itself, whatever the tests print.
 */
export function doubtPass(
  reviewed: Reviewed,
  ended: Ended,
  {
    hasReport,
    isStrict,
    env,
  }: { readonly hasReport: boolean; readonly isStrict: boolean; readonly env: NodeJS.ProcessEnv },
): Reviewed {
  if (reviewed.outcome !== 'pass') return reviewed
  const text = `${ended.stdout}\n${ended.stderr}`
  const printed = hasReport ? undefined : DOUBTS.find(([pattern]) => pattern.test(text))?.[1]
  const doubt = skipsAsserts(ended, env) ? 'assert statements are off (-O)' : printed && `${printed} in the output`
  if (doubt === undefined) return reviewed
  return { outcome: isStrict ? 'none' : 'pass', remark: `doubtful pass: ${doubt}` }
}
