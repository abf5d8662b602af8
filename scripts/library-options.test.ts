import { expect, test } from 'vitest'
import { COMMON_OPTIONS } from '../packages/cli-kit/src/options/option.ts'
import { LOOP_OPTIONS } from '../packages/lr-loop/src/options.ts'
import { writeOptionsInterface } from './library-options.ts'

test('the options of the library are those of lr-loop', async () => {
  const text = writeOptionsInterface('LoopOptions', 'lr-loop', { ...LOOP_OPTIONS, ...COMMON_OPTIONS })
  await expect(text).toMatchFileSnapshot('../packages/library/src/loop-options.ts')
})
