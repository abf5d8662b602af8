import { describe, expect, test } from 'vitest'
import { review } from '../support/review.ts'

const OLD =
  'class A:\n    def f(self):\n        return 1\n\nclass B:\n    def f(self):\n        return 1\n\ndef g():\n    return 2\n'
const NEXT = OLD.replace('return 2', 'return 3')

describe('hunks in the place of content', () => {
  test.each([
    { what: 'ranges', content: '@@ -9,2 +9,2 @@\n def g():\n-    return 2\n+    return 3\n' },
    {
      what: 'wrong ranges',
      content: '@@ -90,7 +1,1 @@ def f\n def g():\n-    return 2\n+    return 3\n'.replace(' def f\n', '\n'),
    },
    { what: 'headers', content: '--- a/a.py\n+++ b/a.py\n@@ -9,2 +9,2 @@\n def g():\n-    return 2\n+    return 3\n' },
    { what: 'headers without @@', content: '--- a/a.py\n+++ b/a.py\n def g():\n-    return 2\n+    return 3\n' },
    {
      what: "git's headers",
      content:
        'diff --git a/a.py b/a.py\nindex 1234567..89abcde 100644\n--- a/a.py\n+++ b/a.py\n@@ -9,2 +9,2 @@\n def g():\n-    return 2\n+    return 3\n',
    },
    { what: 'bare @@', content: '@@\n def g():\n-    return 2\n+    return 3\n' },
    { what: '@@ @@', content: '@@ @@\n-    return 2\n+    return 3\n' },
    { what: '@@ ... @@', content: '@@ ... @@\n def g():\n-    return 2\n+    return 3\n' },
    { what: '@@ and a line', content: '@@ def g():\n-    return 2\n+    return 3\n' },
    {
      what: 'a patch',
      content: '*** Begin Patch\n*** Update File: a.py\n@@ def g():\n-    return 2\n+    return 3\n*** End Patch\n',
    },
    { what: 'signs alone', content: ' def g():\n-    return 2\n+    return 3\n' },
    { what: 'signs with a blank', content: '- return 2\n+ return 3\n' },
    { what: 'a fence', content: '```diff\n def g():\n-    return 2\n+    return 3\n```\n' },
    { what: 'blank lines at the end', content: '@@\n-    return 2\n+    return 3\n\n\n' },
    { what: 'no newline at the end', content: '@@\n-    return 2\n\\ No newline at end of file\n+    return 3\n' },
  ])('$what', ({ content }) => {
    expect(review('a.py', content, OLD)).toMatchObject({ content: NEXT, isEdit: true })
    expect(review('a.py', content, OLD).noted[0]).toMatchObject({ code: 'hunks' })
  })

  test('several, one with a context that tells the place', () => {
    const content =
      '@@ class B:\n     def f(self):\n-        return 1\n+        return 4\n@@\n def g():\n-    return 2\n+    return 3\n'
    expect(review('a.py', content, OLD)).toMatchObject({ content: NEXT.replace(/1(?=\n\ndef g)/, '4') })
  })

  test('a removed line that begins with dashes', () => {
    const content = '@@\n select 1\n--- old\n+-- new\n'
    expect(review('a.sql', content, 'select 1\n-- old\n')).toMatchObject({ content: 'select 1\n-- new\n' })
  })

  test('an empty line of context, and one with tabs, may lack their blank', () => {
    const content = '@@\n-a\n+A\n\n\tb\n'
    expect(review('a.go', content, 'a\n\n\tb\n')).toMatchObject({ content: 'A\n\n\tb\n' })
  })

  test('a new file that a patch adds', () => {
    const added = '*** Add File: b.py\n+x = 1\n+y = 2\n'
    expect(review('b.py', added)).toMatchObject({ content: 'x = 1\ny = 2\n' })
    expect(review('b.py', '--- /dev/null\n+++ b/b.py\n@@ -0,0 +1,1 @@\n+x = 1\n')).toMatchObject({ content: 'x = 1\n' })
    expect(review('b.py', '@@\n-x = 1\n+x = 2\n')).toMatchObject({ refused: { code: 'edit-not-found' } })
  })

  test.each([
    { what: 'lines that are not there', content: '@@\n-    return 7\n+    return 3\n', code: 'edit-not-found' },
    { what: 'two places', content: '@@\n-        return 1\n+        return 3\n', code: 'edit-ambiguous' },
    {
      what: 'two contexts',
      content: '@@ def f(self):\n-        return 1\n+        return 3\n',
      code: 'edit-ambiguous',
    },
    {
      what: 'two places after the context',
      content: '@@ class A:\n-        return 1\n+        return 3\n',
      code: 'edit-ambiguous',
    },
    { what: 'an addition to a file that is there', content: '*** Add File: a.py\n+x = 1\n', code: 'edit-not-found' },
    { what: 'an addition without a place', content: '@@\n+x = 1\n', code: 'edit-not-found' },
    { what: 'signs alone, not found', content: ' def h():\n-    return 2\n+    return 3\n', code: 'edit-not-found' },
    { what: 'only lines with +', content: '+def g():\n+    return 3\n', code: 'edit-not-found' },
    { what: 'text in between', content: 'So:\n@@\n-    return 2\n+    return 3\n', code: 'diff-inside' },
    { what: 'nothing that changes', content: '@@\n def g():\n     return 2\n', code: 'diff-inside' },
  ])('$what: refused', ({ content, code }) => {
    expect(review('a.py', content, OLD)).toMatchObject({ refused: { code } })
  })

  test.each([
    { what: 'a list', path: 'a.yaml', content: '- a\n- b\n', old: '- c\n' },
    { what: 'a list with another sign', path: 'a.yml', content: '- a\n+ b\n', old: 'c: 1\n' },
    { what: 'a Markdown list', path: 'a.md', content: '- one\n- two\n+ three\n', old: '# List\n' },
    {
      what: 'a text that shows a patch',
      path: 'a.md',
      content: 'So:\n*** Begin Patch\n*** Delete File: a.py\n*** End Patch\n',
      old: 'x\n',
    },
    { what: 'a patch file', path: 'fix.patch', content: '@@ -1,1 +1,1 @@\n-a\n+b\n', old: 'a\n' },
    { what: 'SQL comments', path: 'a.sql', content: '-- a\n-- b\n', old: 'select 1;\n' },
  ])('$what is content', ({ path, content, old }) => {
    expect(review(path, content, old)).toMatchObject({ content, isEdit: false })
  })

  test('in prose they are hunks if all of them have their place, and refused if only @@ says so', () => {
    expect(review('a.md', '-one\n+two\n', 'one\n')).toMatchObject({ content: 'two\n' })
    expect(review('a.md', '@@ -1 +1 @@\n-x\n+two\n', 'one\n')).toMatchObject({ refused: { code: 'edit-not-found' } })
  })

  test('in prose a patch from the first to the last line is refused', () => {
    const patch = '*** Begin Patch\n*** Delete File: b.md\n*** End Patch\n'
    expect(review('a.md', patch, 'one\n')).toMatchObject({ refused: { code: 'diff-inside' } })
    expect(review('a.md', patch, `one\n${patch}`)).toMatchObject({ content: patch })
  })
})
