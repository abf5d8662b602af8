import type { OptionTable } from '@loop-runner/cli-kit'
import { suggestCheckers } from '@loop-runner/checkers/configuration/suggest-checkers'
import { SANDBOXES } from '@loop-runner/sandbox/confinement/sandboxes'

export const CHECK_OPTIONS = {
  checkers: {
    type: 'list',
    alias: 'c',
    otherNames: ['linters'],
    placeholder: 'LIST',
    describe: 'run these known checkers, separated by commas (see --list)',
    complete: suggestCheckers,
  },
  'files-from': {
    type: 'text',
    placeholder: 'FILE',
    describe: 'read more sources from FILE, one per line; "-" is standard input',
    commandLineOnly: true,
  },
  changed: {
    type: 'text',
    bare: 'HEAD',
    placeholder: 'REVISION',
    describe: 'check only files that differ from REVISION (default: HEAD), and untracked files',
    commandLineOnly: true,
  },
  staged: { type: 'flag', describe: 'check only files that are staged', commandLineOnly: true },
  fix: {
    type: 'flag',
    describe: 'first run the fixers of the checkers, one after another',
  },
  findings: { type: 'flag', describe: 'add a block of findings to each run: path:line:col: severity code message' },
  'new-only': {
    type: 'text',
    placeholder: 'FILE',
    describe: 'ignore findings listed in FILE, an output of --findings; does not apply to tests and scripts',
    commandLineOnly: true,
  },
  known: {
    type: 'text',
    placeholder: 'FILE',
    describe:
      'record current failures in FILE; if FILE exists, fail only for other tests and findings, or if a known test is missing',
    commandLineOnly: true,
  },
  'known-from': {
    type: 'text',
    placeholder: 'RUN',
    describe:
      'take known failures from the first check of RUN, a run of lr-loop or a file of --known-to; --known FILE is created from it',
    commandLineOnly: true,
  },
  'known-to': {
    type: 'text',
    placeholder: 'FILE',
    describe: 'also write all current failures to FILE, known or not, unless the check is inconclusive',
    commandLineOnly: true,
  },
  'fix-known': {
    type: 'integer',
    min: 0,
    placeholder: 'N',
    describe: 'count the next N known failures as failures; a new --known FILE applies at once',
    commandLineOnly: true,
  },
  strict: {
    type: 'flag',
    describe:
      'treat a doubtful pass as inconclusive: a traceback or a failed assertion in the output, no test passed; with --guard, also new suspicious code',
  },
  sarif: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'also write the findings to FILE as a SARIF log',
    commandLineOnly: true,
  },
  junit: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'also write the runs to FILE as JUnit XML',
    commandLineOnly: true,
  },
  raw: {
    type: 'flag',
    describe: 'print output unchanged: not masked, not collapsed; only output beyond 2 MiB is omitted',
  },
  watch: {
    type: 'flag',
    describe: 'check again whenever sources or settings change; in a pipe each run ends with a NUL byte',
    commandLineOnly: true,
  },
  cache: {
    type: 'flag',
    describe: 'reuse a linter result if its files, settings, version and command are unchanged',
  },
  jobs: {
    type: 'integer',
    alias: 'j',
    min: 1,
    placeholder: 'N',
    describe: 'run N checks at a time (default: number of processors)',
  },
  timeout: {
    type: 'duration',
    placeholder: 'TIME',
    describe: 'stop a check and all its processes after TIME: 60, 500ms, 5m (default: 60s; 300s for tests and scripts)',
  },
  memory: {
    type: 'text',
    placeholder: 'SIZE',
    default: '4G',
    describe: 'memory limit for each process of a check; "none" disables it',
  },
  'file-size': {
    type: 'text',
    placeholder: 'SIZE',
    default: '2G',
    describe: 'size limit for each file that a check writes; "none" disables it',
  },
  sandbox: {
    type: 'choice',
    choices: SANDBOXES,
    default: 'limits',
    // Your own setting may be the strict one.
    needsTrust: ['auto', 'limits', 'none'],
    placeholder: 'LEVEL',
    describe:
      'strict: run under bubblewrap, without network, only the tree writable; auto: strict if it works here, else limits',
  },
  guard: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'record tests and check scripts in FILE; if they change later or check less, fail as tampered',
    commandLineOnly: true,
  },
  'renew-guard': {
    type: 'flag',
    describe: 'record the guarded files again; use it after changing them yourself',
    commandLineOnly: true,
  },
  protect: { type: 'list', placeholder: 'PATTERN', describe: 'also guard files that match PATTERN' },
  allow: { type: 'list', placeholder: 'PATTERN', describe: 'do not guard files that match PATTERN' },
  'allow-named': { type: 'flag', describe: 'do not guard a file that is itself a SOURCE, as lr-apply does' },
  'allow-suppressions': {
    type: 'flag',
    describe: 'allow new suppressions in the sources (noqa, eslint-disable, @ts-ignore and others)',
  },
  canary: {
    type: 'flag',
    describe:
      'with --guard: trust a pass only if tests fail in a copy of the tree that must fail there, or expect other values',
    commandLineOnly: true,
  },
  'canary-score': {
    type: 'number',
    min: 0,
    max: 1,
    placeholder: 'SCORE',
    describe: 'with --canary: trust a score of at least SCORE only if it is lower with other expected values',
    commandLineOnly: true,
  },
  'put-back': {
    type: 'flag',
    describe:
      'restore guarded files and sources that the check itself has changed; the changed versions are kept in FILE.replaced',
    commandLineOnly: true,
  },
  'pass-env': {
    type: 'list',
    needsTrust: true,
    placeholder: 'NAME',
    describe: 'pass this environment variable to checks even if it may hold a secret',
  },
  advisory: {
    type: 'flag',
    describe: 'exit with 0 even if a check fails; for pipes under "set -o pipefail"',
    commandLineOnly: true,
  },
  hook: {
    type: 'choice',
    choices: ['claude', 'codex'],
    placeholder: 'AGENT',
    describe:
      "run as the agent's stop hook: while the check fails, print the failures on standard error and exit with 2",
    commandLineOnly: true,
  },
  'hook-limit': {
    type: 'integer',
    min: 0,
    default: 5,
    placeholder: 'N',
    describe: 'with --hook: let the agent stop after N failures in a row',
    commandLineOnly: true,
  },
  list: { type: 'flag', describe: 'print the known checkers and where they are found', commandLineOnly: true },
  explain: {
    type: 'text',
    placeholder: 'NAME',
    describe: 'print a checker as an lr.yaml definition, with its location, version and install command',
    commandLineOnly: true,
  },
  doctor: {
    type: 'flag',
    describe: 'print which checkers would run for these sources, which are missing, and how to install them',
    commandLineOnly: true,
  },
  schema: {
    type: 'flag',
    describe: 'print the JSON Schema of the keys checkers, checks and layers of lr.yaml',
    commandLineOnly: true,
  },
} as const satisfies OptionTable
