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
    describe: 'what to do, in free words',
  },
  'instruction-file': {
    type: 'list',
    otherNames: ['instructions-file'],
    alias: 'I',
    placeholder: 'FILE',
    describe: 'what to do, from a file',
    notInFiles: true,
  },
  task: {
    type: 'choice',
    choices: TASK_NAMES,
    placeholder: 'NAME',
    describe: 'what to do, from the built-in texts; fix is taken where nothing else says what to do',
  },
  reply: {
    type: 'choice',
    choices: PROMPT_REPLIES,
    placeholder: 'FORM',
    describe:
      'how the model is asked to reply: whole new versions, edits, auto (whole up to 40 lines, either up to 200, else edits), text (the reply is the one source), or none; default: auto, and none for --task explain',
  },
  template: {
    type: 'text',
    alias: 't',
    placeholder: 'FILE',
    describe: 'an eta template instead of the built-in one; it is JavaScript, so take none from strangers',
    notInFiles: true,
  },
  'print-template': { type: 'flag', describe: 'print the built-in template', commandLineOnly: true },
  set: {
    type: 'list',
    placeholder: 'NAME=VALUE',
    describe: 'give the template a name of your own: it.NAME',
    notInFiles: true,
  },
  context: {
    type: 'list',
    placeholder: 'FILE|DIR',
    describe: 'show FILE, or the files of DIR, as read-only, even if the stream holds them already',
    notInFiles: true,
  },
  history: {
    type: 'text',
    placeholder: 'FILE',
    describe: 'describe earlier replies, and how the check went after each',
    notInFiles: true,
  },
  excerpts: {
    type: 'integer',
    min: 0,
    max: 100,
    placeholder: 'LINES',
    describe:
      'show the lines that findings or output name, with LINES on either side; 0: do not; default: 3, of tests that are not shown',
  },
  show: {
    type: 'list',
    placeholder: 'PATH',
    describe:
      'show this source whole even if nothing names it, or the lines of PATH:10-20 if it is too long; blocks named show in the stream do the same',
    notInFiles: true,
  },
  budget: {
    type: 'integer',
    min: 1,
    placeholder: 'TOKENS',
    describe:
      'shrink the prompt to TOKENS (24000, 24k), and end with 3 if it does not fit; default: shrink to 24000, or half of --window, and send what does not fit',
  },
  window: {
    type: 'integer',
    min: 1,
    placeholder: 'TOKENS',
    describe:
      "the tokens that the model's window holds, prompt and reply together; default: LR_MODEL_WINDOW, which lr-loop sets if it knows them",
  },
  tokenizer: {
    type: 'choice',
    choices: TOKENIZERS,
    default: 'estimate',
    placeholder: 'NAME',
    describe: 'how tokens are counted: estimated, rather too many, or exactly by the vocabulary of newer OpenAI models',
  },
  stats: { type: 'flag', describe: 'print the tokens of every block on standard error' },
  redact: { type: 'flag', describe: 'replace secrets with a mark; a file that held one is not to be edited' },
  'allow-secrets': { type: 'flag', describe: 'send what looks like a secret', commandLineOnly: true },
  always: { type: 'flag', describe: 'write a prompt even where every run passes' },
} as const satisfies OptionTable

export type Options = Values<typeof OPTIONS>
