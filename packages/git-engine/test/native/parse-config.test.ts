import { execFileSync } from 'node:child_process'
import { bareEnvironment, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../src/index.ts'

const FILES: readonly [name: string, text: string][] = [
  ['plain', '[user]\n\tname = A B\n\temail=a@b\n'],
  ['a comment behind a value', '[a]\nx = 1 # one\ny = "2 # two" ; three\n'],
  ['a subsection', '[Filter "Lfs.X"]\n\tClean = git-lfs clean -- %f\n'],
  ['an escaped subsection', '[a "b\\"c\\\\d"]\nx=1\n'],
  ['the old subsection', '[a.B]\nx=1\n'],
  ['a line that goes on', '[a]\nx = one \\\n  two\ny=3\n'],
  ['escapes', '[a]\nx = "\\ta\\n\\"b\\"\\\\"\n'],
  ['blanks at both ends', '[a]\nx =   one  two   \ny = "  in  "  \n'],
  ['a key alone', '[a]\nflag\nother  \n'],
  ['on the line of the section', '[a] x = 1\n[b]y=2\n'],
  ['carriage returns', '[a]\r\nx = 1\r\ny = "2"\r\n'],
  ['no newline at the end', '[a]\nx = 1'],
  ['an empty value', '[a]\nx =\ny = ""\n'],
  ['quotes inside', '[a]\nx = a" b "c\n'],
  ['several of one key', '[a]\nx = 1\nx = 2\n[b]\n[a]\nx = 3\n'],
  ['a byte-order mark', '\ufeff[a]\nx = 1\n'],
  ['only comments', '# nothing\n; here\n'],
]

/** What git reads in a file: `KEY`, a newline and `VALUE` for each setting. */
function listByGit(text: string): string[] {
  using folder = tempFolder({ config: text })
  const args = ['config', '--file', 'config', '--list', '-z']
  const listed = execFileSync('git', args, {
    cwd: folder.path,
    env: bareEnvironment(),
    encoding: 'utf8',
    stdio: 'pipe',
  })
  return listed.split('\0').filter(Boolean)
}

describe.skipIf(!hasProgram('git'))('parseConfig reads what git reads (needs git)', () => {
  test.each(FILES)('%s', (_name, text) => {
    const listed = listByGit(text)
    const ours = parseConfig(text).map(({ key, value }) => `${key}\n${value}`)
    // Git lists a key alone without a value.
    expect(ours).toEqual(listed.map((item) => (item.includes('\n') ? item : `${item}\ntrue`)))
  })

  test.each(['[a\nx=1\n', '=1\n', '[a]\nx y\n', '[a]\nx ; why\n', '[a]\nx = "1\n', '[a]\nx = \\q\n'])(
    'and refuses what git refuses: %j',
    (text) => {
      expect(() => listByGit(text)).toThrow('bad config')
      expect(() => parseConfig(text)).toThrow(/^line \d/)
    },
  )
})
