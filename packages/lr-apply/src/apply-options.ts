import type { OptionTable, Values } from '@loop-runner/cli-kit'
import { REPLY_FORMS } from '@loop-runner/reply-format'

export const APPLY_OPTIONS = {
  reply: {
    type: 'choice',
    choices: [...REPLY_FORMS, 'exact'],
    placeholder: 'FORM',
    default: 'auto',
    describe:
      'how the model was told to reply; text: the whole reply is the new version of the one PATH; exact: blocks that a program wrote, taken byte for byte',
  },
  new: {
    type: 'flag',
    describe: 'allow new files anywhere, also where only files are named, and names like those of others',
  },
  'any-file': { type: 'flag', describe: 'allow changes to files that no PATH names' },
  allow: { type: 'list', placeholder: 'PATTERN', describe: 'allow what is protected by default' },
  protect: { type: 'list', placeholder: 'PATTERN', describe: 'protect more files' },
  partial: { type: 'flag', describe: 'write the good versions of a reply that has bad ones' },
  strict: { type: 'flag', describe: 'refuse instead of repairing' },
  'allow-shrink': { type: 'flag', describe: 'take a version that is far shorter than the present one' },
  'allow-secrets': { type: 'flag', describe: 'take versions that hold what looks like a key' },
  delete: {
    type: 'flag',
    describe: 'let a reply delete and rename files: by a block "deleted" with their paths, or by a patch',
  },
  'max-files': {
    type: 'integer',
    placeholder: 'N',
    min: 1,
    default: 64,
    describe: 'refuse a reply that changes more files',
  },
  'max-size': {
    type: 'integer',
    placeholder: 'BYTES',
    min: 1,
    default: 2_000_000,
    describe: 'refuse a file that is larger',
  },
  'dry-run': { type: 'flag', alias: 'n', describe: 'write nothing, and print what would change in a block "diff"' },
  undo: {
    type: 'flag',
    describe: 'take back the last reply that was applied here, or the last N (--undo N); reads no standard input',
    commandLineOnly: true,
  },
  json: { type: 'flag', describe: 'print one JSON object, with a code for everything, instead of blocks' },
} as const satisfies OptionTable

export type ApplyOptions = Values<typeof APPLY_OPTIONS>
