import type { OptionTable, Values } from '@loop-runner/cli-kit'
import { EVALUATOR_NAMES } from './evaluator.ts'

const EVALUATOR = EVALUATOR_NAMES.join(', ')

/**
 * The options of lr-score. What is asked of a text stands on the command line only: a judge whose measure may be changed
 * by a file that the model writes, or by a variable meant for another program, does not count.
 */
export const OPTIONS = {
  'min-words': count('N', 'length: at least N words, as wc -w counts them'),
  'max-words': count('N', 'length: at most N words'),
  'min-characters': count('N', 'length: at least N characters, without surrounding white space'),
  'max-characters': count('N', 'length: at most N characters'),
  require: list('PATTERN', 'regex: a JavaScript regular expression that must match; ^ and $ are ends of lines'),
  forbid: list('PATTERN', 'regex: a regular expression that must not match'),
  'ignore-case': { type: 'flag', describe: 'regex: ignore case', commandLineOnly: true },
  mention: list(
    'PHRASE',
    'mentions: all words of PHRASE that have four letters or more occur, with any endings and in any order',
  ),
  'valid-json': { type: 'flag', describe: 'json: the text is JSON', commandLineOnly: true },
  field: list(
    'NAME[:TYPE]',
    'json: an object with the field NAME (string, number, integer, boolean, array, object, null)',
  ),
  schema: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'json: the text is valid against the JSON Schema in FILE',
    commandLineOnly: true,
  },
  like: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'like: share of word pairs that the text has in common with FILE',
    commandLineOnly: true,
  },
  command: list(
    'COMMAND',
    'command: a shell command that reads the text and prints "score: 0.5", or passes with exit code 0',
  ),
  timeout: {
    type: 'duration',
    default: '60',
    placeholder: 'TIME',
    describe: 'command: time limit for each command',
  },
  weight: list('NAME=NUMBER', `weight of an evaluator (${EVALUATOR}); default: 1`),
  optional: list('NAME', 'deficiencies of this evaluator lower the score, but do not fail the text'),
  combine: {
    type: 'choice',
    choices: ['mean', 'min', 'product'],
    default: 'mean',
    placeholder: 'HOW',
    describe: 'how to combine the scores of the evaluators: weighted mean, minimum or product',
    commandLineOnly: true,
  },
  threshold: {
    type: 'number',
    default: 0.8,
    min: 0,
    max: 1,
    placeholder: 'SCORE',
    describe: 'minimum score for a pass',
    commandLineOnly: true,
  },
  format: {
    type: 'choice',
    choices: ['block', 'lines', 'json'],
    placeholder: 'FORM',
    describe: 'output format (default: block for standard input, lines for files)',
    commandLineOnly: true,
  },
} as const satisfies OptionTable

export type Options = Values<typeof OPTIONS>

function count(placeholder: string, describe: string) {
  return { type: 'integer', min: 0, placeholder, describe, commandLineOnly: true } as const
}

function list(placeholder: string, describe: string) {
  return { type: 'list', placeholder, describe, commandLineOnly: true } as const
}
