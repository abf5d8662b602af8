import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { write } from '../support/guarded-tree.ts'

const CHECK = 'sh app.sh 1 2 > out.tmp\ndiff expected.txt out.tmp\n'
const TWICE = 'sh app.sh 1 2 > out.tmp\nsort expected.txt | diff - expected.txt && [ "$(cat out.tmp)" = 3 ]\n'
const RIGHT = 'echo $(($1 + $2))\n'
const SAYS = 'expected.txt: the check passes as well if this file expects something else'

interface Row {
  readonly name: string
  readonly check?: string
  readonly reply: Readonly<Record<string, string>>
  readonly status: number
  readonly says?: string
}

const ROWS: readonly Row[] = [
  { name: 'a repair', reply: { 'app.sh': RIGHT }, status: 0 },
  {
    name: 'a repair, if the file is also given to another program',
    check: TWICE,
    reply: { 'app.sh': RIGHT },
    status: 0,
  },
  { name: 'the text of the file', reply: { 'app.sh': 'cat exp*.txt\n' }, status: 3, says: SAYS },
  { name: 'the file is changed', reply: { 'expected.txt': '-1\n' }, status: 3, says: 'expected.txt: changed' },
]

test.each(ROWS)('a file that a check compares: $name', async ({ check = CHECK, reply, status, says = '' }) => {
  using folder = tempFolder()
  const cwd = join(folder.path, 'tree')
  write(cwd, { 'check.sh': check, 'app.sh': 'echo $(($1 - $2))\n', 'expected.txt': '3\n', '.gitignore': '*.tmp\n' })
  const lrCheck = () => run('lr-check', ['--guard', '../guard.json', '--canary', '.', '--', 'sh', 'check.sh'], { cwd })
  expect(await lrCheck()).toMatchObject({ status: 1 })
  for (const [path, text] of Object.entries(reply)) writeFileSync(join(cwd, path), text)
  const second = await lrCheck()
  expect(second.status, second.stderr).toBe(status)
  expect(second.stderr).toContain(says)
})
