import type { OptionTable } from '@loop-runner/cli-kit'
import { suggestCheckers } from './configuration/suggest-checkers.ts'
import { SANDBOXES } from './confinement/sandboxes.ts'

export const CHECK_OPTIONS = {
  checkers: {
    type: 'list',
    alias: 'c',
    placeholder: 'LIST',
    describe: 'run these known checkers, separated by commas (see --list)',
    complete: suggestCheckers,
  },
  linters: { type: 'list', placeholder: 'LIST', describe: 'the same as --checkers', complete: suggestCheckers },
  'files-from': {
    type: 'text',
    placeholder: 'FILE',
    describe: 'take more sources from FILE, one a line; "-" is standard input',
    commandLineOnly: true,
  },
  changed: {
    type: 'text',
    bare: 'HEAD',
    placeholder: 'REVISION',
    describe: 'check only what differs from REVISION and what is untracked (HEAD unless said)',
    commandLineOnly: true,
  },
  staged: { type: 'flag', describe: 'check only files that are staged', commandLineOnly: true },
  fix: {
    type: 'flag',
    describe: 'let the checkers that can repair the sources do so first, one after the other',
  },
  findings: { type: 'flag', describe: 'add a block of findings to each run: path:line:col: severity code message' },
  'new-only': {
    type: 'text',
    placeholder: 'FILE',
    describe: 'pass over findings that stand in FILE, which --findings wrote; tests and scripts stay as they are',
    commandLineOnly: true,
  },
  known: {
    type: 'text',
    placeholder: 'FILE',
    describe:
      'record in FILE what fails now; if FILE exists, fail only for other tests and findings, or if a known test is gone',
    commandLineOnly: true,
  },
  strict: {
    type: 'flag',
    describe: 'treat a doubtful pass as inconclusive: a traceback or a failed assertion in the output, no test passed',
  },
  sarif: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'write the findings to FILE as a SARIF log too',
    commandLineOnly: true,
  },
  junit: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'write the runs to FILE as JUnit XML too',
    commandLineOnly: true,
  },
  raw: {
    type: 'flag',
    describe: 'show output as it came: not masked, not collapsed; only what is beyond 2 MiB is left out',
  },
  watch: {
    type: 'flag',
    describe: 'check again whenever sources or settings change; in a pipe each run ends with a NUL byte',
    commandLineOnly: true,
  },
  cache: {
    type: 'flag',
    ownMeaning: true,
    describe:
      'take the result of a linter from an earlier run where its files, settings, version and command are the same',
  },
  jobs: {
    type: 'integer',
    ownMeaning: true,
    alias: 'j',
    min: 1,
    placeholder: 'N',
    describe: 'run N checks at a time; as many as there are processors unless said',
  },
  timeout: {
    type: 'duration',
    ownMeaning: true,
    placeholder: 'TIME',
    describe:
      'stop a check, and all that it started, after TIME (60, 500ms, 5m); unless said, 60 s, and 300 s for tests and scripts',
  },
  memory: {
    type: 'text',
    placeholder: 'SIZE',
    default: '4G',
    describe: 'data that a process of a check may hold; "none" is no limit',
  },
  'file-size': {
    type: 'text',
    placeholder: 'SIZE',
    default: '2G',
    describe: 'size of a file that a check may write; "none" is no limit',
  },
  sandbox: {
    type: 'choice',
    choices: SANDBOXES,
    default: 'limits',
    placeholder: 'LEVEL',
    describe:
      'strict: under bubblewrap, without network, only the tree writable; auto: so if it works here, else limits',
  },
  guard: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'record what judges in FILE; once it is there, give no verdict where that has changed or checks less',
    commandLineOnly: true,
  },
  'renew-guard': {
    type: 'flag',
    describe: 'record anew what --guard guards, after you have changed it yourself',
    commandLineOnly: true,
  },
  protect: { type: 'list', placeholder: 'PATTERN', describe: 'guard more files' },
  allow: { type: 'list', placeholder: 'PATTERN', describe: 'let files change that are guarded by default' },
  'allow-named': { type: 'flag', describe: 'let a guarded file change that a SOURCE names itself, as lr-apply does' },
  'allow-suppressions': {
    type: 'flag',
    describe: 'let the sources say more to silence checkers (noqa, eslint-disable, @ts-ignore and their like)',
  },
  'put-back': {
    type: 'flag',
    describe:
      'put guarded files and sources back that the check itself has changed; what they held is kept in FILE.replaced',
    commandLineOnly: true,
  },
  'pass-env': {
    type: 'list',
    placeholder: 'NAME',
    describe: 'let checks see this variable, which they would not because it may hold a secret',
  },
  advisory: {
    type: 'flag',
    describe: 'exit with 0 when a check fails, too; for pipes under "set -o pipefail"',
    commandLineOnly: true,
  },
  list: { type: 'flag', describe: 'print the known checkers and where they are found', commandLineOnly: true },
  explain: {
    type: 'text',
    placeholder: 'NAME',
    describe: 'print a checker as lr.yaml could define it: how it is called and judged, where it is, how to get it',
    commandLineOnly: true,
  },
  doctor: {
    type: 'flag',
    describe: 'print what would run for these sources, what is missing, and how to get it',
    commandLineOnly: true,
  },
  schema: {
    type: 'flag',
    describe: 'print the JSON Schema of the keys checkers, checks and layers of lr.yaml',
    commandLineOnly: true,
  },
} as const satisfies OptionTable

/** The rest of the help. */
export const CHECK_DETAILS = `
A COMMAND runs as given, without a shell; an argument {} becomes the sources.
One that starts a known checker, also by npx, python -m or npm test, is judged
by that checker's rules, any other by its exit status: 0 is a pass, 126 and 127
mean that it is missing; lines "score: 0.75 what is wanting" of its output make
its score. Without COMMAND and --checkers the checks of lr.yaml run, layer by
layer, or, where it has none, what the sources' types call for.

A folder stands for the files that git would list in it. All are checked; lock
files and files beyond 1 MiB are not printed unless they are named themselves.

With no SOURCE and no --files-from, standard input, where it is a pipe or a
file, is a stream whose path blocks name the sources; it is passed on. The
SOURCE "-" says so openly. "</dev/null" says that there is none.

In lr.yaml, beside options: "checkers" defines more checkers or changes known
ones, "checks" names commands and groups of checkers, "layers" lists which of
them run in which order; after a layer that does not pass, none.

With --guard FILE the first run records the judge: tests, check scripts, their
configuration, and how much they look at. Later runs of the same check, in which
any of it has changed or looks at less, or in which the sources say more to
silence it, end as "error: tampered" with status 3, and name what it is. New
tests are welcome. After you have changed the judge yourself: --renew-guard.

Exit status: 0 all pass · 1 something fails, and everything ran properly · 2
used wrongly · 3 no trustworthy verdict: a checker is missing or broken, or
nothing was checked. The blocks are written in every case. With --advisory a
failing check is 0 too; 2 and 3 stay.

  lr-check --guard .git/guard.json src -- pytest -q
  lr-check -c pytest src tests | lr-prompt -i 'Fix what fails' | lr-llm
`
