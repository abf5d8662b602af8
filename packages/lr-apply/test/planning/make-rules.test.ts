import { mkdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { UsageError } from '@loop-runner/cli-kit'
import { bareEnvironment, run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { block, planIn } from '../support/plan-in.ts'

const SENT = 'new\n'

test.each<{ what: string; nameIn: (folder: string) => string; code: string; isRefused: boolean }>([
  {
    what: 'an absolute path of a file that is there',
    nameIn: (top) => `${top}/a.ts`,
    code: 'absolute',
    isRefused: false,
  },
  { what: 'an absolute path of no file', nameIn: (top) => `${top}/x.ts`, code: 'absolute', isRefused: true },
  {
    what: "the folder's own name in front",
    nameIn: (top) => `${basename(top)}/a.ts`,
    code: 'foreign-prefix',
    isRefused: false,
  },
])('$what', async ({ nameIn, code, isRefused }) => {
  using folder = tempFolder({ 'a.ts': 'old\n' })
  const plan = await planIn(folder.path, block(nameIn(folder.path), SENT))
  expect(plan.changes.map(({ path }) => path)).toEqual(isRefused ? [] : ['a.ts'])
  expect((isRefused ? plan.rejected : plan.noted).map((finding) => finding.code)).toEqual([code])
})

test('our own journal is never written, even where it lies in the tree and is named', async () => {
  using folder = tempFolder()
  const path = '.state/loop-runner/trees/0/journal'
  const env = { ...bareEnvironment(), XDG_STATE_HOME: join(folder.path, '.state') }
  const plan = await planIn(folder.path, block(path, SENT), [path], { new: true }, { env })
  expect(plan.changes).toEqual([])
  expect(plan.rejected).toMatchObject([{ code: 'git-folder', path }])
})

test('an operand that is neither a file nor a folder is refused', async () => {
  using folder = tempFolder()
  await run('mkfifo', ['fifo'], { cwd: folder.path })
  await expect(planIn(folder.path, block('x.ts', SENT), ['fifo'])).rejects.toThrow(UsageError)
})

test('a tree that cannot be listed is an error: its paths are longer than any call takes', async () => {
  using folder = tempFolder()
  using elsewhere = tempFolder()
  // Each is as deep as can be made; one inside the other is deeper than can be read.
  const deep = `${'d'.repeat(200)}/`.repeat(15)
  mkdirSync(join(folder.path, deep), { recursive: true })
  mkdirSync(join(elsewhere.path, 'top', deep), { recursive: true })
  const inside = join(folder.path, deep, 'top')
  renameSync(join(elsewhere.path, 'top'), inside)
  try {
    const plan = planIn(folder.path, block('x.ts', SENT))
    await expect(plan).rejects.toMatchObject({ status: 3, message: expect.stringContaining('name too long') })
  } finally {
    renameSync(inside, join(elsewhere.path, 'top'))
  }
})
