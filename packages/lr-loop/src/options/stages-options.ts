import type { OptionTable } from '@loop-runner/cli-kit'
import type { Stage } from '../stages/stage.ts'

export const STAGES_OPTIONS = {
  check: stage('check'),
  prompt: stage('prompt'),
  llm: stage('llm'),
  apply: stage('apply'),
  git: stage('git'),
} as const satisfies OptionTable

/** In lr.yaml they are keys of `stages`, since a key such as `llm` is the section of a program. */
function stage(name: Stage) {
  return {
    type: 'text',
    group: 'stages',
    placeholder: 'COMMAND',
    needsTrust: true,
    describe: `replace the ${name} stage`,
  } as const
}
