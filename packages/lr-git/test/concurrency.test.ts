import { hasProgram } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { testRepository } from './support/test-repository.ts'
import { findLosses, GIT_WRITERS, LR_WRITERS, runWriters } from './support/writers.ts'

/** Of each writer. scripts/sweep/sweep-git.ts makes 2,000 commits. */
const ROUNDS = 3

test.skipIf(!hasProgram('git'))(
  `many writers at once lose nothing that they report: ${LR_WRITERS} of ours on both engines, ${GIT_WRITERS} plain gits (needs git)`,
  async () => {
    using repository = testRepository()
    const reported = await runWriters(repository, ROUNDS)
    expect(findLosses(repository, reported)).toEqual([])
    expect(reported.fixes).toHaveLength(LR_WRITERS * ROUNDS)
    expect(reported.theirs).toHaveLength(GIT_WRITERS * ROUNDS)
    expect(Number(repository.git('rev-list', '--count', 'HEAD'))).toBeGreaterThan(2 * LR_WRITERS * ROUNDS)
  },
)
