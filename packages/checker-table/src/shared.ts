import type { Checker } from './checker.ts'

/** A checker written in Python that broke: it says so with a traceback of its own. */
export const BROKE = { stderr: '^Traceback \\(most recent call last\\):', is: 'error' } as const

/** The innermost frame of a traceback, and what was raised there. */
export const TRACEBACK = String.raw`^ *File "(?<path>[^"\n]+)", line (?<line>\d+).*\n(?: .*\n){0,8}(?<message>[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt)\b.*)$`

export const SCRIPT = ['javascript', 'jsx']

export const ALL = [...SCRIPT, 'typescript', 'tsx']

export const TEST_FILES = ['*.test.*', '*.spec.*', '*-test.*', '*_test.*', 'test-*']

export const CARGO_RULES: NonNullable<Checker['rules']> = [
  // rustup puts programs in place whose toolchain or component is not there.
  { stderr: "^error: (?:(?:toolchain )?'.+' is not installed|rustup could not choose a version)", is: 'missing' },
  {
    stderr: '^error: could not find `Cargo.toml`|^error: no such command|^error: failed to parse manifest',
    is: 'error',
  },
  { status: [101], stderr: '^error: could not compile|^\\S+\\.rs:\\d+:\\d+: error', is: 'fail' },
]

/** What rustc says of places in its own library, which cannot be changed, and where it refers to its manual. */
export const CARGO_NOISE = [
  String.raw`^(?:help|note): .*\n +--> /rustc/.*\n(?: +(?:\||=|:::).*\n)*`,
  '^(?:Some errors have detailed explanations|For more information about (?:this|an) error).*\\n',
]

export const CARGO_FINDINGS = [
  String.raw`^(?<path>[^\s:][^:\n]*):(?<line>\d+):(?<column>\d+): (?<severity>error|warning|note)(?:\[(?<code>\w+)\])?: (?<message>.*)$`,
]

/** The lines of the Test Anything Protocol: a failed test is `not ok`, unless it is marked as one to do or to skip. */
export const TAP_FAILURE = String.raw`^not ok\b(?!.*#\s*(?:TODO|SKIP))`
