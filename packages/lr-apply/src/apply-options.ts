import type { OptionTable, Values } from '@loop-runner/cli-kit'
import { REPLY_FORMS } from '@loop-runner/reply-format'

export const APPLY_OPTIONS = {
  reply: {
    type: 'choice',
    choices: [...REPLY_FORMS, 'exact'],
    placeholder: 'FORM',
    default: 'auto',
    describe:
      'form that the prompt asked for; text: the whole reply is the new version of the only PATH; exact: blocks written by a program, read byte for byte',
  },
  new: {
    type: 'flag',
    describe: 'allow new files anywhere, even if every PATH is a file or the name resembles that of another file',
  },
  'any-file': { type: 'flag', describe: 'allow changes to files outside PATH' },
  allow: { type: 'list', placeholder: 'PATTERN', describe: 'allow changes to protected files that match PATTERN' },
  protect: { type: 'list', placeholder: 'PATTERN', describe: 'also protect files that match PATTERN' },
  partial: { type: 'flag', describe: 'write the valid versions even if others are rejected' },
  strict: { type: 'flag', describe: 'reject a reply that needs a repair' },
  'allow-shrink': { type: 'flag', describe: 'accept a version much shorter than the current file' },
  'allow-secrets': { type: 'flag', describe: 'accept versions that seem to contain a key' },
  delete: {
    type: 'flag',
    describe: 'let a reply delete and rename files, by a block "deleted" with their paths or by a patch',
  },
  'max-files': {
    type: 'integer',
    placeholder: 'N',
    min: 1,
    default: 64,
    describe: 'reject a reply that changes more than N files',
  },
  'max-size': {
    type: 'integer',
    placeholder: 'BYTES',
    min: 1,
    default: 2_000_000,
    describe: 'reject a file larger than BYTES',
  },
  'dry-run': { type: 'flag', alias: 'n', describe: 'write nothing; print the changes in a block "diff"' },
  undo: {
    type: 'flag',
    describe: 'undo the last reply applied here, or the last N (--undo N); standard input is not read',
    commandLineOnly: true,
  },
  json: {
    type: 'flag',
    describe: 'print one JSON object instead of blocks, with a code for each repair and rejection',
  },
} as const satisfies OptionTable

export type ApplyOptions = Values<typeof APPLY_OPTIONS>
