import type { OptionTable } from '@loop-runner/cli-kit'
import type { Stage } from './stages/stage.ts'

export const LOOP_OPTIONS = {
  sources: { type: 'list', fileOnly: true, describe: 'the files and folders that may change' },
  'check-command': { type: 'command', fileOnly: true, describe: 'the command that judges them' },
  iterations: {
    type: 'integer',
    alias: 'i',
    default: 100,
    min: 1,
    placeholder: 'N',
    describe: 'ask the model at most N times',
  },
  model: {
    type: 'text',
    alias: 'm',
    placeholder: 'PROVIDER/MODEL',
    describe: 'the model, as lr-llm takes it',
    runs: 'exec:',
  },
  local: { type: 'flag', alias: 'L', describe: 'use a model on this machine (Ollama)' },
  'llm-url': { type: 'text', placeholder: 'URL', describe: "the model server's address, as lr-llm takes it" },
  'api-key': {
    type: 'text',
    placeholder: 'KEY',
    secret: true,
    describe: 'the key (others on this machine can see it; better set a variable such as GROQ_API_KEY)',
  },
  linters: {
    type: 'list',
    placeholder: 'LIST',
    describe: 'check with these known checkers, beside the check command if there is one',
  },
  instructions: {
    type: 'text',
    placeholder: 'TEXT',
    describe: 'what the model is asked to do (default: fix what fails)',
  },
  context: {
    type: 'list',
    placeholder: 'FILE',
    describe: 'show FILE to the model (tests, a specification), and let no reply change it',
    // A folder from elsewhere must not have files of yours sent away.
    commandLineOnly: true,
  },
  'min-iterations': {
    type: 'integer',
    min: 1,
    placeholder: 'N',
    describe: 'go on until N replies even where the check passes',
  },
  threshold: {
    type: 'number',
    min: 0,
    max: 1,
    placeholder: 'SCORE',
    describe: 'the check passes from this score on, whatever its own verdict',
  },
  plateau: {
    type: 'number',
    min: 0,
    placeholder: 'DELTA',
    describe: 'stop when the score changed by less than DELTA twice in a row',
  },
  stop: {
    type: 'text',
    placeholder: 'COMMAND',
    describe: 'stop when COMMAND prints a reason; it gets one JSON object a round on standard input',
  },
  keep: {
    type: 'choice',
    choices: ['best', 'last'],
    default: 'best',
    placeholder: 'WHICH',
    describe: 'the state that is left behind where the check does not pass',
  },
  recheck: {
    type: 'integer',
    min: 0,
    default: 0,
    placeholder: 'N',
    describe: 'run a failing check N times more first, to find out whether it is flaky',
  },
  timeout: { type: 'duration', placeholder: 'TIME', describe: 'stop asking after this time' },
  'check-timeout': { type: 'duration', placeholder: 'TIME', describe: 'how long one run of the check may take' },
  'max-tokens': { type: 'integer', min: 1, placeholder: 'N', describe: 'stop asking once N tokens are used' },
  'max-cost': { type: 'number', min: 0, placeholder: 'USD', describe: 'stop asking once this is spent' },
  'no-guard': {
    type: 'flag',
    describe: 'trust the check although the tests have changed since it began, or say less (see docs/guard.md)',
  },
  attempts: {
    type: 'integer',
    min: 1,
    placeholder: 'N',
    describe:
      'try N times, each in a tree of its own; the first that passes is kept, else the one with the best score (default: one for each of --models and --temperatures)',
  },
  jobs: { type: 'integer', alias: 'j', min: 1, default: 1, placeholder: 'N', describe: 'make N attempts at once' },
  models: {
    type: 'list',
    placeholder: 'MODEL,…',
    describe: 'the attempts ask these models in turn',
  },
  temperatures: {
    type: 'list',
    placeholder: 'T,…',
    describe: 'how freely the attempts choose words, one after the other',
  },
  seed: {
    type: 'integer',
    min: 0,
    placeholder: 'N',
    describe: "the first attempt's seed; each further one has the next number",
  },
  ignored: {
    type: 'choice',
    choices: ['copy', 'link', 'none'],
    default: 'copy',
    placeholder: 'HOW',
    describe: 'what becomes of files that git ignores (node_modules, .venv …) in the tree of an attempt',
  },
  'no-git': { type: 'flag', describe: 'make no branch and no commits' },
  branch: { type: 'text', placeholder: 'NAME', describe: 'the branch of this run (default: lr/TIME-NAME)' },
  dirty: {
    type: 'choice',
    choices: ['refuse', 'commit', 'carry'],
    default: 'refuse',
    placeholder: 'HOW',
    describe: 'what to do with changes that are not committed',
  },
  check: stage('check'),
  prompt: stage('prompt'),
  llm: stage('llm'),
  apply: stage('apply'),
  git: stage('git'),
  resume: {
    type: 'flag',
    commandLineOnly: true,
    describe: 'go on with a run that was cut short: the newest one here, or the one named',
  },
  'run-dir': {
    type: 'text',
    placeholder: 'DIR',
    commandLineOnly: true,
    describe: "the run's folder (default: a new one in the state folder)",
  },
  'keep-runs': {
    type: 'integer',
    min: 1,
    default: 100,
    placeholder: 'N',
    describe: 'at the end, remove the oldest runs from the state folder until N are left',
  },
  'keep-megabytes': {
    type: 'integer',
    min: 1,
    default: 1000,
    placeholder: 'MB',
    describe: 'and until they take no more than this',
  },
  json: { type: 'flag', describe: 'print the summary as one JSON object' },
  'json-events': {
    type: 'integer',
    min: 1,
    placeholder: 'FD',
    describe: 'write each event of the journal as a line of JSON to this descriptor as it happens',
  },
  heartbeat: {
    type: 'duration',
    default: '30s',
    placeholder: 'TIME',
    describe: 'off a terminal: say so where a stage takes longer than this; 0 never does',
  },
  debug: {
    type: 'integer',
    alias: 'd',
    default: 0,
    min: 0,
    placeholder: 'N',
    describe: 'from 1 on: show every prompt and reply',
  },
} as const satisfies OptionTable

/** In lr.yaml these stand under `stages`, for a key such as `llm` is the section of a program there. */
function stage(name: Stage) {
  return { type: 'text', group: 'stages', placeholder: 'COMMAND', describe: `replaces the ${name} stage` } as const
}
