import type { OptionTable } from '@loop-runner/cli-kit'
import { ATTEMPTS_OPTIONS } from './options/attempts-options.ts'
import { CHECK_OPTIONS } from './options/check-options.ts'
import { GIT_OPTIONS } from './options/git-options.ts'
import { LIMITS_OPTIONS } from './options/limits-options.ts'
import { MODEL_OPTIONS } from './options/model-options.ts'
import { OUTPUT_OPTIONS } from './options/output-options.ts'
import { STAGES_OPTIONS } from './options/stages-options.ts'

export const LOOP_OPTIONS = {
  sources: { type: 'list', fileOnly: true, describe: 'files and folders that may change' },
  'check-command': { type: 'command', fileOnly: true, describe: 'command that checks them' },
  ...inSection('Model', MODEL_OPTIONS),
  ...inSection('Check', CHECK_OPTIONS),
  ...inSection('Limits', LIMITS_OPTIONS),
  ...inSection('Attempts', ATTEMPTS_OPTIONS),
  ...inSection('Git', GIT_OPTIONS),
  ...inSection('Stages', STAGES_OPTIONS),
  ...inSection('Output', OUTPUT_OPTIONS),
} as const satisfies OptionTable

/** Has the help list these options under a heading. */
function inSection<const T extends OptionTable>(section: string, table: T): T {
  return Object.fromEntries(
    Object.entries(table).map(([name, option]) => [name, { ...option, section }]),
  ) as unknown as T
}
