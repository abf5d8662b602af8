import type { OptionTable } from '@loop-runner/cli-kit'
import { LOCAL_MODELS } from '@loop-runner/stage-protocol/model-names'
import { suggestionsOf } from '../suggestions.ts'

export const MODEL_OPTIONS = {
  model: {
    type: 'text',
    alias: 'm',
    placeholder: 'PROVIDER/MODEL',
    describe: 'model, as for lr-llm -m',
    needsTrust: LOCAL_MODELS,
    complete: suggestionsOf('lr-llm', 'model'),
  },
  local: {
    type: 'flag',
    alias: 'L',
    describe: 'use a local Ollama model; start its server, and pull the model, once for the run',
  },
  url: {
    type: 'text',
    otherNames: ['llm-url'],
    placeholder: 'URL',
    needsTrust: true,
    describe: 'address of the model server, as for lr-llm --url',
  },
  'api-key': {
    type: 'text',
    placeholder: 'KEY',
    secret: true,
    describe: 'API key (visible to other users of this machine; prefer a variable such as GROQ_API_KEY)',
  },
  instructions: {
    type: 'text',
    placeholder: 'TEXT',
    describe: 'task for the model (default: fix what fails)',
  },
  'instructions-file': {
    type: 'text',
    placeholder: 'FILE',
    needsTrust: true,
    describe: 'read the task from FILE; with --instructions, that comes first',
  },
  agent: {
    type: 'text',
    placeholder: 'COMMAND',
    needsTrust: true,
    describe:
      'let an agent edit the files instead of a model: a shell command that reads the prompt on standard input (see docs/agents.md)',
  },
  'agent-timeout': {
    type: 'duration',
    default: '30m',
    placeholder: 'TIME',
    describe: 'time limit for the agent and its processes in each iteration',
  },
  'usage-from': {
    type: 'text',
    placeholder: 'PATTERN',
    describe:
      "regular expression for the agent's output with the groups input and output or tokens, and cost (default: its JSON)",
  },
  reply: {
    type: 'choice',
    choices: ['auto', 'whole', 'edit', 'text'],
    placeholder: 'FORM',
    describe: 'form of the reply: either (auto), whole files, edits, or the new text of the only source',
  },
  context: {
    type: 'list',
    placeholder: 'FILE',
    describe: 'show FILE to the model as read-only: tests, a specification',
    // A folder from elsewhere must not have files of yours sent away.
    commandLineOnly: true,
  },
} as const satisfies OptionTable
