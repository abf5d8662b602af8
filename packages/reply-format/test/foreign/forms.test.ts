import { describe, expect, test } from 'vitest'
import { PY, PY2, TS, TS2, FILES, SECTION, HUNK, fence, SUM } from '../support/forms.ts'
import { take } from '../support/take.ts'

describe('SEARCH/REPLACE sections outside blocks', () => {
  test.each([
    { what: 'under a path', reply: `src/sum.py\n${SECTION}` },
    { what: 'in a fence under a path', reply: `src/sum.py\n${fence('python', SECTION)}` },
    { what: 'in a fence with the path inside', reply: fence('', `src/sum.py\n${SECTION}`) },
    { what: 'in a fence with the path in its info', reply: fence('python src/sum.py', SECTION) },
    { what: 'in a fence without an end', reply: `src/sum.py\n\`\`\`python\n${SECTION}` },
    { what: 'under a heading', reply: `### \`src/sum.py\`\n\nThe sign.\n\n${fence('', SECTION)}` },
    { what: 'by dashes', reply: `src/sum.py\n${SECTION.replace('<<<<<<<', '-------').replace('>>>>>>>', '+++++++')}` },
    { what: 'ORIGINAL', reply: `src/sum.py\n${SECTION.replace('SEARCH', 'ORIGINAL').replace('REPLACE', 'UPDATED')}` },
    { what: 'start_line', reply: `src/sum.py\n${SECTION.replace('SEARCH\n', 'SEARCH\n:start_line:2\n-------\n')}` },
    { what: 'CR LF', reply: `src/sum.py\n${SECTION}`.replaceAll('\n', '\r\n') },
    {
      what: 'small letters',
      reply: `src/sum.py\n${SECTION.replace('SEARCH', 'search').replace('REPLACE', 'replace')}`,
    },
    { what: 'a line behind the path', reply: `src/sum.py:2\n${SECTION}` },
    { what: 'the path behind SEARCH', reply: SECTION.replace('SEARCH', 'SEARCH src/sum.py') },
    { what: 'the path behind both', reply: SECTION.replace(/SEARCH|REPLACE/g, '$& src/sum.py') },
    { what: 'a sentence with the path', reply: `In \`src/sum.py\`, fix the sign:\n${fence('python', SECTION)}` },
  ])('$what', ({ reply }) => {
    const taken = take(`Why.\n\n${reply}`, FILES)
    expect(taken).toMatchObject({ writes: SUM, rejected: [] })
    expect(taken.reply.explanation).not.toContain('REPLACE')
  })

  test('several of one file, the second without a path', () => {
    const second = '<<<<<<< SEARCH\n    return a * b\n=======\n    return b * a\n>>>>>>> REPLACE\n'
    const next = PY2.replace('a * b', 'b * a')
    for (const between of ['', '\n', '```\n\n```python\n', '\nAnd:\n\n']) {
      expect(take(`src/sum.py\n\`\`\`python\n${SECTION}${between}${second}\`\`\`\n`, FILES).writes).toEqual({
        'src/sum.py': next,
      })
    }
  })

  test('of several files, beside a block, for a new file, and for the only file', () => {
    const ts =
      '<<<<<<< SEARCH\nexport const add = (a: number, b: number) => a - b\n=======\nexport const add = (a: number, b: number) => a + b\n>>>>>>> REPLACE\n'
    const both = { ...SUM, 'src/add.ts': TS2 }
    expect(take(`src/sum.py\n${SECTION}\nsrc/add.ts\n${ts}`, FILES).writes).toEqual(both)
    expect(take(`<<<< src/add.ts <<<<\n${TS2}>>>>>>>>\n\nsrc/sum.py\n${SECTION}`, FILES).writes).toEqual(both)
    expect(take('src/n.py\n<<<<<<< SEARCH\n=======\nx = 1\n>>>>>>> REPLACE\n', FILES).writes).toEqual({
      'src/n.py': 'x = 1\n',
    })
    expect(take(SECTION, { 'src/sum.py': PY }).writes).toEqual(SUM)
  })

  test.each([
    { what: 'without a path', reply: SECTION, code: 'no-name' },
    {
      what: 'beside code in a fence',
      reply: `src/sum.py\n${fence('py', `import os\n${SECTION}`)}`,
      code: 'edit-broken',
    },
    { what: 'cut off', reply: `src/sum.py\n${SECTION.slice(0, 60)}`, code: 'edit-broken' },
    { what: 'cut off in front of another', reply: `src/sum.py\n<<<<<<< SEARCH\nx\n${SECTION}`, code: 'edit-broken' },
    { what: 'not found', reply: `src/sum.py\n${SECTION.replace('a - b', 'a / b')}`, code: 'edit-not-found' },
    {
      what: 'an empty SEARCH for a file with content',
      reply: 'src/sum.py\n<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE\n',
      code: 'edit-not-found',
    },
    {
      what: 'beside a block of the same file',
      reply: `<<<< src/sum.py <<<<\n${PY}x = 1\n>>>>>>>>\nsrc/sum.py\n${SECTION}`,
      code: 'two-readings',
    },
  ])('$what: refused', ({ reply, code }) => {
    const { writes, rejected } = take(reply, FILES)
    expect(writes).toEqual({})
    expect(rejected).toContain(code)
  })
})

describe('hunks outside blocks', () => {
  const unified = `--- a/src/sum.py\n+++ b/src/sum.py\n${HUNK}`
  test.each([
    { what: 'a unified diff', reply: unified },
    { what: 'in a fence', reply: fence('diff', unified) },
    { what: 'git', reply: `diff --git a/src/sum.py b/src/sum.py\nindex 1..2 100644\n${unified}` },
    { what: 'without prefixes', reply: unified.replaceAll(/[ab]\/src/g, 'src') },
    { what: 'with times', reply: unified.replaceAll('sum.py\n', 'sum.py\t2024-01-01 00:00:00\n') },
    { what: 'a range and a name', reply: unified.replace(/(@@.*@@)/, '$1 def add(a, b):') },
    { what: 'a range and a wrong name', reply: unified.replace(/(@@.*@@)/, '$1 def mul(a, b):') },
    { what: 'a name between signs', reply: unified.replace(/@@.*@@/, '@@ def add(a, b): @@') },
    { what: 'only the new name', reply: `+++ src/sum.py\n${HUNK}` },
    { what: 'only the old name', reply: `--- src/sum.py\n${HUNK}` },
    {
      what: 'sides that name no file, under a path',
      reply: `**src/sum.py**\n${fence('diff', `--- original\n+++ modified\n${HUNK}`)}`,
    },
    {
      what: 'a patch with other blanks and letters',
      reply: '***begin patch\n***Update File:src/sum.py\n@@\n-    return a - b\n+    return a + b\n***end patch\n',
    },
    { what: '@@ ... @@', reply: fence('diff', unified.replace(/@@.*@@/, '@@ ... @@')) },
    { what: 'under a path', reply: `**src/sum.py**\n${fence('diff', HUNK)}` },
    { what: 'signs under a path', reply: `**src/sum.py**\n${fence('diff', '-    return a - b\n+    return a + b\n')}` },
    {
      what: 'a patch',
      reply: `*** Begin Patch\n*** Update File: src/sum.py\n@@ def add(a, b):\n-    return a - b\n+    return a + b\n*** End Patch\n`,
    },
    {
      what: 'a patch in a fence',
      reply: fence(
        'patch',
        `*** Begin Patch\n*** Update File: src/sum.py\n@@\n-    return a - b\n+    return a + b\n*** End of File\n*** End Patch\n`,
      ),
    },
    {
      what: 'a patch without its ends',
      reply: `*** Update File: src/sum.py\n@@\n-    return a - b\n+    return a + b\n`,
    },
    { what: 'text behind it', reply: `${unified}\nThat is all.\n` },
  ])('$what', ({ reply }) => {
    expect(take(`Why.\n\n${reply}`, FILES)).toMatchObject({ writes: SUM, rejected: [] })
  })

  test('of several files, for new files, and beside a block', () => {
    const ts = `--- a/src/add.ts\n+++ b/src/add.ts\n@@ -1 +1 @@\n-${TS}+${TS2}`
    const both = { ...SUM, 'src/add.ts': TS2 }
    expect(take(unified + ts, FILES).writes).toEqual(both)
    expect(take(`<<<< src/add.ts <<<<\n${TS2}>>>>>>>>\n${unified}`, FILES).writes).toEqual(both)
    expect(take('--- /dev/null\n+++ b/src/n.py\n@@ -0,0 +1 @@\n+x = 1\n', FILES).writes).toEqual({
      'src/n.py': 'x = 1\n',
    })
    expect(take('*** Begin Patch\n*** Add File: src/n.py\n+x = 1\n+y = 2\n*** End Patch\n', FILES).writes).toEqual({
      'src/n.py': 'x = 1\ny = 2\n',
    })
  })

  test('names in quotes, and a change of mode alone', () => {
    const files = { '\u00e9.py': 'x\n', 'run.sh': 'echo one\n' }
    const diff = '--- "a/\\303\\251.py"\n+++ "b/\\303\\251.py"\n@@ -1 +1 @@\n-x\n+y\n'
    expect(take(diff, files).writes).toEqual({ '\u00e9.py': 'y\n' })
    expect(take('diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n', files).writes).toEqual({})
  })

  test('sides without prefixes, and a name that is not UTF-8', () => {
    expect(take('--- run.sh\n+++ /dev/null\n@@ -1 +0,0 @@\n-echo one\n', FILES).writes).toEqual({ 'run.sh': null })
    const bad = '--- "a/\\377.py"\n+++ "b/\\377.py"\n@@ -1 +1 @@\n-x\n+y\n'
    expect(take(bad, FILES)).toMatchObject({ writes: {}, rejected: ['edit-not-found'] })
  })

  test('a new file by a diff without prefixes', () => {
    const diff = '--- /dev/null\n+++ src/n.py\n@@ -0,0 +1 @@\n+x = 1\n'
    expect(take(diff, FILES).writes).toEqual({ 'src/n.py': 'x = 1\n' })
  })

  test.each(['sum.sql', 'sum.patch', 'sum.md'])('lines that look like another header, in %s', (path) => {
    const old = `-- old comment\n++ two\nSELECT 1;\n`
    const diff = `--- a/${path}\n+++ b/${path}\n@@ -1,3 +1,3 @@\n--- old comment\n+++ new comment\n ++ two\n SELECT 1;\n`
    expect(take(diff, { [path]: old }).writes).toEqual({ [path]: old.replace('-- old', '++ new') })
  })

  test('a patch without its ends is over at the first line of text', () => {
    const patch = '*** Update File: src/sum.py\n@@\n-    return a - b\n+    return a + b\nThat is all.\n'
    expect(take(patch, FILES)).toMatchObject({ writes: SUM, reply: { explanation: 'That is all.\n' } })
  })

  test('too many lines outside blocks are refused', () => {
    expect(take('x\n'.repeat(200_001), FILES)).toMatchObject({ rejected: ['too-much'] })
  })

  test('a deletion is passed on', () => {
    expect(take('*** Begin Patch\n*** Delete File: src/sum.py\n*** End Patch\n', FILES).writes).toEqual({
      'src/sum.py': null,
    })
    expect(
      take(
        'diff --git a/run.sh b/run.sh\ndeleted file mode 100644\n--- a/run.sh\n+++ /dev/null\n@@ -1 +0,0 @@\n-echo one\n',
        FILES,
      ).writes,
    ).toEqual({ 'run.sh': null })
  })

  describe('a rename is a deletion and a new file', () => {
    const patch = (lines: string) => `*** Begin Patch\n${lines}*** End Patch\n`
    const moved = { 'src/sum.py': null, 'lib/sum.py': PY2 }
    const rename =
      'diff --git a/src/sum.py b/lib/sum.py\nsimilarity index 90%\nrename from src/sum.py\nrename to lib/sum.py\n'
    test.each([
      {
        what: 'a patch',
        reply: patch(`*** Update File: src/sum.py\n*** Move to: lib/sum.py\n${HUNK}`),
        writes: moved,
      },
      { what: 'git', reply: `${rename}--- a/src/sum.py\n+++ b/lib/sum.py\n${HUNK}`, writes: moved },
      {
        what: 'of the name alone',
        reply: patch('*** Update File: run.sh\n*** Move to: go.sh\n'),
        writes: { 'run.sh': null, 'go.sh': 'echo one\n' },
      },
      { what: 'of the name alone, by git', reply: rename, writes: { ...moved, 'lib/sum.py': PY } },
      {
        what: 'of a file that is to be deleted',
        reply: patch('*** Delete File: run.sh\n*** Move to: go.sh\n'),
        writes: { 'run.sh': null, 'go.sh': 'echo one\n' },
      },
      {
        what: 'to the same name',
        reply: patch(`*** Update File: src/sum.py\n*** Move to: src/sum.py\n${HUNK}`),
        writes: SUM,
      },
      {
        what: 'in a block of the file',
        reply: `<<<< src/sum.py <<<<\n${patch(`*** Update File: src/sum.py\n*** Move to: lib/sum.py\n${HUNK}`)}>>>>>>>>\n`,
        writes: moved,
      },
      {
        what: 'that only deletes, in a block of the file',
        reply: `<<<< notes.txt <<<<\n${patch('*** Delete File: notes.txt\n')}>>>>>>>>\n`,
        writes: { 'notes.txt': null },
      },
    ])('$what', ({ reply, writes }) => {
      expect(take(reply, FILES)).toMatchObject({ writes, rejected: [], reply: { explanation: '' } })
    })
  })

  test('beside a whole version that it explains it is an illustration', () => {
    const block = `<<<< src/sum.py <<<<\n${PY2}>>>>>>>>\n`
    expect(take(`${block}${fence('diff', '-    return a - b\n+    return a + b\n')}`, FILES)).toMatchObject({
      writes: SUM,
      rejected: [],
    })
    expect(take(`${block}${unified}`, FILES)).toMatchObject({ writes: SUM, rejected: [] })
    expect(take(`${block}${unified.replace('+    return a + b', '+    return b')}`, FILES)).toMatchObject({
      writes: {},
      rejected: ['two-readings'],
    })
  })

  test.each([
    {
      what: 'cut off',
      reply: '*** Begin Patch\n*** Update File: src/sum.py\n@@\n-    return a - b\n',
      code: 'unclosed',
    },
    {
      what: "git's copy",
      reply: 'diff --git a/run.sh b/go.sh\nsimilarity index 100%\ncopy from run.sh\ncopy to go.sh\n',
      code: 'rename',
    },
    {
      what: 'half of a rename',
      reply: 'diff --git a/run.sh b/go.sh\nsimilarity index 100%\nrename from run.sh\n',
      code: 'rename',
    },
    {
      what: 'a rename beside a block of the file',
      reply: `<<<< run.sh <<<<\nx\n>>>>>>>>\n*** Begin Patch\n*** Update File: run.sh\n*** Move to: go.sh\n*** End Patch\n`,
      code: 'two-readings',
    },
    { what: 'without a path', reply: fence('diff', HUNK), code: 'no-name' },
    { what: 'not found', reply: unified.replace('-    return a - b', '-    return a / b'), code: 'edit-not-found' },
    {
      what: 'a patch of no file',
      reply: '*** Begin Patch\n*** Move to: go.sh\n*** End Patch\n',
      code: 'diff-inside',
    },
    {
      what: 'a patch with an unknown line',
      reply:
        '*** Begin Patch\n*** Rename File: run.sh\n*** Update File: run.sh\n@@\n-echo one\n+echo 2\n*** End Patch\n',
      code: 'diff-inside',
    },
    {
      what: 'in the lines that a name in a patch excludes',
      reply:
        '*** Begin Patch\n*** Update File: src/sum.py\n@@ def mul(a, b):\n-    return a - b\n+    return a + b\n*** End Patch\n',
      code: 'edit-not-found',
    },
    {
      what: 'what diff -c prints',
      reply: '*** src/sum.py\n--- src/sum.py\n***************\n*** 1,2 ****\n  def add(a, b):\n!     return a - b\n',
      code: 'diff-inside',
    },
    {
      what: 'what diff prints',
      reply: `src/sum.py\n${fence('', '2c2\n<     return a - b\n---\n>     return a + b\n')}`,
      code: 'diff-inside',
    },
    {
      what: 'what diff -c prints, as text',
      reply: `notes.txt\n${fence('', '*** notes.txt\n--- notes.txt\n***************\n*** 1 ****\n! one\n')}`,
      code: 'diff-inside',
    },
    {
      what: 'sides of a text without a hunk',
      reply: '<<<< notes.txt <<<<\n--- a/notes.txt\n+++ b/notes.txt\nso\n>>>>>>>>\n',
      code: 'diff-inside',
    },
    {
      what: 'a broken section beside code in a fence',
      reply: `src/sum.py\n${fence('py', 'import os\n<<<<<<< SEARCH\nx\n')}`,
      code: 'edit-broken',
    },
    {
      what: 'hunks of text whose context has no blank',
      reply: `notes.txt\n${fence('', '@@ -1,2 +1,2 @@\none\n-two\n+deux\n')}`,
      code: 'diff-inside',
    },
    { what: 'unreadable, without a path', reply: fence('diff', 'change the sign\n'), code: 'diff-inside' },
    { what: 'unreadable, without a tag', reply: fence('', '@@ change the sign\nx\n'), code: 'no-name' },
    { what: 'unreadable', reply: `src/sum.py\n${fence('diff', 'change the sign\n')}`, code: 'diff-inside' },
  ])('$what: refused', ({ reply, code }) => {
    const { writes, rejected } = take(reply, FILES)
    expect(writes).toEqual({})
    expect(rejected).toContain(code)
  })
})
