import type { OptionTable } from '@loop-runner/cli-kit'
import { suggestionsOf, suggestRuns } from '../suggestions.ts'

export const CHECK_OPTIONS = {
  checkers: {
    type: 'list',
    otherNames: ['linters'],
    placeholder: 'LIST',
    describe: 'run these known checkers, in addition to the check command if one is given',
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
      'hidden check, run when the check passes; the model sees neither its files nor its output; the run passes only if both pass',
  },
  'only-new': {
    type: 'flag',
    describe:
      'ignore failures of the first check, and omit them from the prompt; fail if anything else fails or a test disappears',
  },
  known: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'like --only-new, with the failures that lr-check --known recorded in FILE',
    commandLineOnly: true,
  },
  'known-from': {
    type: 'text',
    placeholder: 'RUN',
    describe: 'like --only-new, with the failures of the first check of RUN',
    complete: suggestRuns,
    commandLineOnly: true,
  },
  'fix-known': {
    type: 'integer',
    min: 1,
    placeholder: 'N',
    describe: 'like --only-new, but fix the next N known failures',
    commandLineOnly: true,
  },
  'check-timeout': { type: 'duration', placeholder: 'TIME', describe: 'time limit for one run of the check' },
  recheck: {
    type: 'integer',
    min: 0,
    default: 0,
    placeholder: 'N',
    describe: 'run a failing first check N more times to detect a flaky check',
  },
  strict: {
    type: 'flag',
    describe: 'reject a doubtful pass and new suspicious code, as lr-check --strict (see docs/guard.md)',
  },
  'no-guard': {
    type: 'flag',
    describe: 'accept a pass even if tests or check scripts have changed or check less (see docs/guard.md)',
  },
  'no-canary': {
    type: 'flag',
    describe: 'after a pass, do not run the tests again in a copy of the tree where they must fail (see docs/guard.md)',
  },
} as const satisfies OptionTable
