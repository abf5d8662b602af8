import { bash, hasProgram } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { branchOf, isRefName } from '../../src/index.ts'

const NAMES = [
  'refs/heads/main',
  'refs/heads/lr/20260103-parser',
  'refs/heads/ä',
  'refs/heads/@',
  'refs/heads/a@b',
  'refs/heads/a.b',
  'refs/heads/-a',
  'refs/heads/a..b',
  'refs/heads/../../config',
  'refs/heads/.a',
  'refs/heads/a/.b',
  'refs/heads/a.',
  'refs/heads/a.lock',
  'refs/heads/a.lock/b',
  'refs/heads/a@{1}',
  'refs/heads/a b',
  'refs/heads/a~1',
  'refs/heads/a^',
  'refs/heads/a:b',
  'refs/heads/a?',
  'refs/heads/a*',
  'refs/heads/a[',
  'refs/heads/a\\b',
  'refs/heads/a\u007f',
  'refs/heads/a\tb',
  'refs/heads//a',
  'refs/heads/a/',
  'refs/',
]

describe.skipIf(!hasProgram('git'))('isRefName takes what git takes (needs git)', () => {
  test.each(NAMES)('%j', async (name) => {
    const { status } = await bash('git check-ref-format "$NAME"', { env: { NAME: name } })
    expect(isRefName(name)).toBe(status === 0)
  })
})

test.each(['main', 'HEAD', '', '/refs/heads/a', 'heads/main'])('a name outside refs/ is refused: %j', (name) => {
  expect(isRefName(name)).toBe(false)
})

test.each([
  ['refs/heads/lr/a', 'lr/a'],
  ['refs/tags/a', undefined],
  [undefined, undefined],
])('branchOf a head on %j: %j', (ref, branch) => {
  expect(branchOf({ ref, commit: undefined })).toBe(branch)
})
