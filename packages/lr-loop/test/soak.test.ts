import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hasProgram } from '@loop-runner/test-kit'
import { soak } from './support/soak.ts'

const CAN_RUN = hasProgram('git') && existsSync('/proc/self/fd')

test.skipIf(!CAN_RUN)('a long run does not grow, and leaves nothing behind (git, /proc)', async () => {
  const { grownMegabytes, grownDescriptors, ...rest } = await soak(12)
  expect(rest).toEqual({ status: 1, replies: 12, temporaryFiles: [], processesLeft: false })
  expect(grownDescriptors).toBeLessThanOrEqual(0)
  expect(grownMegabytes).toBeLessThan(20)
})
