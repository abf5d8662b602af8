import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { writePatch } from '../src/write-patch.ts'

const many = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word} ${index}\n`).join('')

describe.skipIf(!hasProgram('git'))('git applies a patch (git)', () => {
  test.each<{ what: string; path?: string; before: string | undefined; after: string | undefined }>([
    { what: 'a change', before: 'one\ntwo\n', after: 'one\n2\n' },
    { what: 'no newline before', before: 'one', after: 'one\n' },
    { what: 'no newline after', before: 'one\n', after: 'two' },
    { what: 'no newline on either side', before: 'a\nb', after: 'a\nc' },
    { what: 'a new file', before: undefined, after: 'new\n' },
    { what: 'a deleted file', before: 'old\n', after: undefined },
    { what: 'an emptied file', before: 'old\n', after: '' },
    { what: 'a file that was empty', before: '', after: 'new\n' },
    { what: 'a new file that is empty', before: undefined, after: '' },
    { what: 'carriage returns', before: 'one\r\ntwo\r\n', after: 'one\r\n2\r\n' },
    { what: 'files that have nothing in common', before: many('one'), after: many('two') },
    { what: 'all new, without a newline', before: many('one'), after: many('two').trimEnd() },
    { what: 'a name with blanks', path: 'a folder/a file.txt', before: 'one\n', after: 'two\n' },
    { what: 'a new file with blanks in its name', path: 'a new.txt', before: undefined, after: 'two\n' },
    { what: 'a name with quotes and a tab', path: 'a "b"\t\\c.txt', before: 'one\n', after: 'two\n' },
    { what: 'a name beyond ASCII', path: 'ä 😀.txt', before: 'one\n', after: 'two\n' },
    { what: 'lines that look like a patch', before: '--- a\n+++ b\n@@ -1 +1 @@\n', after: '-- a\n++ b\ndiff --git\n' },
  ])('$what', async ({ path = 'a.txt', before, after }) => {
    using folder = tempFolder()
    const file = join(folder.path, 'tree', path)
    mkdirSync(dirname(file), { recursive: true })
    if (before !== undefined) writeFileSync(file, before)
    const files = (content: string | undefined) => new Map(content === undefined ? [] : [[path, content]])
    writeFileSync(join(folder.path, 'patch'), writePatch(files(before), files(after)))
    const { status, stderr } = await bash('git apply ../patch', { cwd: join(folder.path, 'tree') })
    expect(status, stderr).toBe(0)
    expect(after === undefined ? undefined : readFileSync(file, 'utf8')).toBe(after)
  })
})

test('files that are the same have no patch', () => {
  expect(writePatch(new Map([['a', 'x']]), new Map([['a', 'x']]))).toBe('')
})
