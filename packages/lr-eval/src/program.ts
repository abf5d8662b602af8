import type { Program } from '@loop-runner/cli-kit'
import { run } from './run/run.ts'
import { table } from './table/table.ts'

export const evaluation: Program = {
  name: 'lr-eval',
  summary: 'Measure models and settings over a suite of cases.',
  commands: { run, table },
}
