import { expect, test } from 'vitest'
import { COMMON_OPTIONS, type OptionTable } from '../../packages/cli-kit/src/options/option.ts'
import { APPLY_OPTIONS } from '../../packages/lr-apply/src/apply-options.ts'
import { CHECK_OPTIONS } from '../../packages/lr-check/src/check-options.ts'
import { LOOP_OPTIONS } from '../../packages/lr-loop/src/options.ts'
import { OPTIONS as SCORE_OPTIONS } from '../../packages/lr-score/src/options.ts'
import { OPTIONS as STOP_OPTIONS } from '../../packages/lr-stop/src/options.ts'
import { writeOptionsInterface } from './library-options.ts'

/** The programs of the library, their options, and which of these print something else than a result. */
test.each<[name: string, program: string, table: OptionTable, omitted: string[]]>([
  ['LoopOptions', 'lr-loop', LOOP_OPTIONS, []],
  ['CheckOptions', 'lr-check', CHECK_OPTIONS, ['watch', 'list', 'explain', 'doctor', 'schema']],
  ['ApplyOptions', 'lr-apply', APPLY_OPTIONS, []],
  ['ScoreOptions', 'lr-score', SCORE_OPTIONS, ['format']],
  ['StopOptions', 'lr-stop', STOP_OPTIONS, []],
])('%s of the library are the options of %s', async (name, program, table, omitted) => {
  const text = writeOptionsInterface(name, program, { ...table, ...COMMON_OPTIONS }, omitted)
  const file = program.replace('lr-', '')
  await expect(text).toMatchFileSnapshot(`../../packages/library/src/${file}-options.ts`)
})
