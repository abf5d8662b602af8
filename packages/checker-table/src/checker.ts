import {
  type infer as Infer,
  array,
  boolean,
  enum as choice,
  int,
  maxLength,
  minLength,
  number,
  optional,
  record,
  refine,
  regex,
  strictObject,
  string,
} from 'zod/mini'
import { OUTCOMES } from '@loop-runner/stage-protocol'
import { BUILT_INS } from './built-ins.ts'
import { REPORT_KINDS } from './report-kinds.ts'
import { KINDS } from './kinds.ts'

/** A JavaScript regular expression, matched line-wise (flag `m`). */
const pattern = string().check(refine(isPattern, 'no regular expression'))
const statuses = array(int())

/** One rule of judging. It holds where every condition that it names holds. */
const rule = strictObject({
  /** The exit code is one of these. */
  status: optional(statuses),
  /** The exit code has one of these bits (pylint). */
  bits: optional(int()),
  /** Standard output, standard error, or either of them matches. */
  stdout: optional(pattern),
  stderr: optional(pattern),
  output: optional(pattern),
  /** A file that the group `path` of `output` names has a line that matches. */
  fileHolds: optional(pattern),
  /** Neither standard output nor standard error matches: the proof that it ran is not there. */
  lacks: optional(pattern),
  /** None of these arguments was given, such as those that silence the proof. */
  unless: optional(array(string())),
  is: choice(OUTCOMES),
})

/** A known checker, as data: how it is started, recognised and judged. */
export const checkerSchema = strictObject({
  kind: choice(KINDS),
  /** Which sources it is for. Empty: `files` alone says; without that, it looks at the whole project. */
  types: array(string()),
  /** Only sources of whose path one of these globs takes the last part, such as `test_*.py`; a test runner that is left with none finds its own. */
  files: optional(array(string())),
  /** Program and arguments; `{files}` becomes the sources, `{project}` what stands for their project. */
  command: array(string()).check(minLength(1)),
  /** All sources in one process, a process for each, or one for each folder that holds a project file. */
  target: optional(choice(['files', 'each', 'project'])),
  /** What makes a folder a project: `tsconfig.json`, `go.mod`. */
  project: optional(string()),
  /**
   * What `{project}` becomes in a project, where `{folder}` is its folder; outside of any it becomes the sources. Where no
   * argument names the folder, the checker is started in it.
   */
  projectArguments: optional(array(string())),
  /** Whether a project file may list other projects only (`references` of tsconfig.json), which then stand in its place. */
  projectReferences: optional(boolean()),
  /** Other base names of the same program, such as `pytest-3`. */
  alsoNamed: optional(array(string())),
  /** Arguments that must all be there for a command to be this checker (`vet` of `go vet`, `-n` of `bash -n`). */
  withArguments: optional(array(string())),
  /** Judged in this order; the first that holds decides. */
  rules: optional(array(rule)),
  /** Judged after the rules by the exit code alone. Any other status is an error of the checker. */
  exit: strictObject({ pass: statuses, fail: optional(statuses), none: optional(statuses) }),
  /** The share of tests that passed: each pattern's first group is a number, of which the last match counts. */
  counts: optional(strictObject({ passed: optional(pattern), total: optional(pattern), failed: array(pattern) })),
  /** How it is asked for a report of its own, in which every test stands: a pass needs it. */
  report: optional(choice(REPORT_KINDS)),
  /** A mark: the pattern's first group is a number from 0 to `best`. */
  rating: optional(strictObject({ pattern, best: number() })),
  /** What of its output changes from run to run: the first group of each is masked. */
  masks: optional(array(pattern)),
  /** How it repairs the sources itself; `{files}` as in `command`. */
  fix: optional(array(string()).check(minLength(1))),
  /** Programs that must be there too. */
  requires: optional(array(string())),
  /** What makes the program say its version, unless that is `--version`. */
  version: optional(array(string())),
  /**
   * Where checkers are chosen by file type, it is only chosen with one of these files in the folder or above it;
   * `setup.cfg[mypy]` is such a table in a file.
   */
  config: optional(array(string())),
  /**
   * Variables for it alone, unless they are set already. `{soon}` becomes the seconds after which it ought to say where
   * it is: shortly before it is stopped.
   */
  environment: optional(record(string(), string())),
  /** A variable to which the working directory is added if its command is not the user's own: imports start there. */
  pathVariable: optional(string()),
  /**
   * How its findings are read: patterns with the groups `path` (or, for all that follow, `heading`), `line`, `column`,
   * `severity`, `code` and `message`. Without, what compilers print and Python's tracebacks are understood.
   */
  findings: optional(array(pattern)),
  /** It counts columns from 0. */
  columnsFromZero: optional(boolean()),
  /** Whole lines, with their newlines, that speak of the checker's own insides: they are left out. */
  noise: optional(array(pattern)),
  /**
   * Its result depends on nothing but the sources that it is given and the files that these patterns mean: with --cache it is
   * kept. `setup.cfg` is a name, in the folders of the sources and above; `~/…` lies in the home folder; `src/**` in the
   * tree. Without it, as for all that reads more than it is given, it is run each time.
   */
  cache: optional(array(string())),
  /** How to get it, by the name of the package system. */
  install: optional(string().check(maxLength(200), regex(/^[^\n]+$/))),
  /** What of lr-check itself does its work: always where `command` starts lr-check, else where its program is not there. */
  builtIn: optional(choice(BUILT_INS)),
})

export type Checker = Infer<typeof checkerSchema>
export type Rule = Infer<typeof rule>

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'm') instanceof RegExp
  } catch {
    return false
  }
}
