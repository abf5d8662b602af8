import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { recoverTrees } from '../src/recover-trees.ts'
import { unfinishedFolder } from '../src/unfinished-folder.ts'
import { keyOf } from '../src/tree-state.ts'

test.each([
  { what: 'nothing at all', lay: () => {}, said: [] },
  { what: 'a file where our state would be', lay: (path: string) => writeFileSync(dirname(path), ''), said: [] },
  { what: 'nothing unfinished', lay: (path: string) => mkdirSync(path, { recursive: true }), said: [] },
  {
    what: 'what cannot be looked at',
    lay: (path: string) => {
      mkdirSync(dirname(path))
      symlinkSync(path, path)
    },
    said: [
      expect.stringContaining('too many symbolic links (cannot tell whether an earlier reply was written completely)'),
    ],
  },
  {
    what: 'a journal that cannot be read',
    lay: (path: string) => {
      mkdirSync(path, { recursive: true })
      writeFileSync(join(path, `${keyOf('/elsewhere')}.pending.json`), 'x')
    },
    said: [expect.stringContaining('not a journal of this program')],
  },
])('at a start that finds $what', async ({ lay, said }) => {
  using folder = tempFolder({})
  const env = { XDG_STATE_HOME: folder.path }
  lay(unfinishedFolder(env))
  const lines: string[] = []
  await recoverTrees({ cwd: folder.path, env, warn: (line) => lines.push(line) })
  expect(lines).toEqual(said)
})
