import type { OptionTable, Values } from '@loop-runner/cli-kit'
import { PROMPT_REPLIES } from './material/choose-reply.ts'
import { TOKENIZERS } from './tokens/count-tokens.ts'
import { TASK_NAMES } from './material/tasks.ts'

/**
 * The options of lr-prompt. Those that name files or run code are never taken from a configuration file: one that is
 * found upwards may be a stranger's. Only the command line lets secrets pass.
 */
export const OPTIONS = {
  instruction: {
    type: 'list',
    alias: 'i',
    // As in lr-loop, which takes one text; a list at the top of a file would not be one.
    otherNames: ['instructions'],
    placeholder: 'TEXT',
    describe: 'the task',
  },
  'instruction-file': {
    type: 'list',
    otherNames: ['instructions-file'],
    alias: 'I',
    placeholder: 'FILE',
    describe: 'read the task from FILE',
    notInFiles: true,
  },
  task: {
    type: 'choice',
    choices: TASK_NAMES,
    placeholder: 'NAME',
    describe: 'a built-in task; fix is the default if no other option gives a task',
  },
  reply: {
    type: 'choice',
    choices: PROMPT_REPLIES,
    placeholder: 'FORM',
    describe:
      'form of the reply to ask for: whole new versions, edits, auto (whole up to 40 lines, either up to 200, else edits), text (the reply is the new version of the only source), or none; default: auto, and none for --task explain',
  },
  template: {
    type: 'text',
    alias: 't',
    placeholder: 'FILE',
    describe:
      'use an eta template instead of the built-in one; it runs as JavaScript, so use only files that you trust',
    notInFiles: true,
  },
  'print-template': { type: 'flag', describe: 'print the built-in template', commandLineOnly: true },
  set: {
    type: 'list',
    placeholder: 'NAME=VALUE',
    describe: 'define it.NAME in the template',
    notInFiles: true,
  },
  context: {
    type: 'list',
    placeholder: 'FILE|DIR',
    describe: 'show FILE, or the files of DIR, as read-only, even if they are already in the stream',
    notInFiles: true,
  },
  history: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'describe the earlier replies in FILE and the check after each',
    notInFiles: true,
  },
  excerpts: {
    type: 'integer',
    min: 0,
    max: 100,
    placeholder: 'LINES',
    describe:
      'show the lines that findings or output name, with LINES of context; 0 disables it; default: 3, for tests that are not shown',
  },
  show: {
    type: 'list',
    placeholder: 'PATH',
    describe:
      'show the whole source PATH, or lines such as PATH:10-20 of a long one, even if nothing names it; blocks named show in the stream do the same',
    notInFiles: true,
  },
  budget: {
    type: 'integer',
    min: 1,
    placeholder: 'TOKENS',
    describe:
      'shrink the prompt to TOKENS (24000, 24k), and exit with 3 if it does not fit; default: shrink to 24000, or half of --window, and print it even if it does not fit',
  },
  window: {
    type: 'integer',
    min: 1,
    placeholder: 'TOKENS',
    describe:
      'context window of the model in tokens, for prompt and reply together; default: LR_MODEL_WINDOW, which lr-loop sets if it is known',
  },
  tokenizer: {
    type: 'choice',
    choices: TOKENIZERS,
    default: 'estimate',
    placeholder: 'NAME',
    describe: 'how to count tokens: a generous estimate, or exactly, with the vocabulary of newer OpenAI models',
  },
  stats: { type: 'flag', describe: 'print the number of tokens of each block on standard error' },
  redact: { type: 'flag', describe: 'replace secrets with a mark; a file with a secret becomes read-only' },
  'allow-secrets': {
    type: 'flag',
    describe: 'write the prompt even if it seems to contain a secret',
    commandLineOnly: true,
  },
  always: { type: 'flag', describe: 'write a prompt even if every run passes' },
} as const satisfies OptionTable

export type Options = Values<typeof OPTIONS>
