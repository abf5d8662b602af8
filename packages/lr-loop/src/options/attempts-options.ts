import type { OptionTable } from '@loop-runner/cli-kit'
import { LOCAL_MODELS } from '@loop-runner/stage-protocol/model-names'
import { suggestionsOf } from '../suggestions.ts'

export const ATTEMPTS_OPTIONS = {
  attempts: {
    type: 'integer',
    min: 1,
    placeholder: 'N',
    describe:
      'run N independent attempts, each in its own tree, and keep the first that passes, else the best score (default: one per entry of --models and --temperatures)',
  },
  jobs: {
    type: 'integer',
    alias: 'j',
    min: 1,
    default: 1,
    placeholder: 'N',
    describe: 'run N attempts in parallel',
  },
  models: {
    type: 'list',
    placeholder: 'MODEL,…',
    needsTrust: LOCAL_MODELS,
    describe: 'models of the attempts, in turn',
    complete: suggestionsOf('lr-llm', 'model'),
  },
  temperatures: {
    type: 'list',
    placeholder: 'T,…',
    describe: 'sampling temperatures of the attempts, in turn',
  },
  seed: {
    type: 'integer',
    min: 0,
    placeholder: 'N',
    describe: 'seed of the first attempt; each further one adds 1',
  },
  ignored: {
    type: 'choice',
    choices: ['copy', 'link', 'none'],
    default: 'copy',
    placeholder: 'HOW',
    describe: 'how the tree of an attempt gets ignored files (node_modules, .venv …)',
  },
} as const satisfies OptionTable
