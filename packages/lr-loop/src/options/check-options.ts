import type { OptionTable } from '@loop-runner/cli-kit'
import { suggestionsOf, suggestRuns } from '../suggestions.ts'

export const CHECK_OPTIONS = {
  checkers: {
    type: 'list',
    otherNames: ['linters'],
    placeholder: 'LIST',
    describe: 'run these known checkers, in addition to the check command if there is one',
    complete: suggestionsOf('lr-check', 'checkers'),
  },
  threshold: {
    type: 'number',
    min: 0,
    max: 1,
    placeholder: 'SCORE',
    describe: 'treat a score of at least SCORE as a pass',
  },
  confirm: {
    needsTrust: true,
    type: 'text',
    placeholder: 'COMMAND',
    describe:
      'hidden check: run when the check passes; the model sees neither its files nor its output. Exit code 0 only if both pass',
  },
  'only-new': {
    type: 'flag',
    describe: 'what fails at the first check does not count and is not in the prompt: nothing else may fail or vanish',
  },
  known: {
    type: 'text',
    placeholder: 'FILE',
    describe: '--only-new, with the known failures that lr-check --known recorded in FILE',
    commandLineOnly: true,
  },
  'known-from': {
    type: 'text',
    placeholder: 'RUN',
    describe: '--only-new, with what failed at the first check of RUN',
    complete: suggestRuns,
    commandLineOnly: true,
  },
  'fix-known': {
    type: 'integer',
    min: 1,
    placeholder: 'N',
    describe: '--only-new, but the next N known failures count, and are to be fixed',
    commandLineOnly: true,
  },
  'check-timeout': { type: 'duration', placeholder: 'TIME', describe: 'time limit for one run of the check' },
  recheck: {
    type: 'integer',
    min: 0,
    default: 0,
    placeholder: 'N',
    describe: 'before the first reply, run a failing check N more times to find out whether it is flaky',
  },
  strict: {
    type: 'flag',
    describe: 'accept no doubtful pass and no new suspicious code, as lr-check --strict (see docs/guard.md)',
  },
  'no-guard': {
    type: 'flag',
    describe:
      'accept a check although tests or check scripts have changed since the start, or check less (see docs/guard.md)',
  },
  'no-canary': {
    type: 'flag',
    describe: 'do not run the tests of a pass once more in a copy of the tree where they must fail (see docs/guard.md)',
  },
} as const satisfies OptionTable
