import { expect, test } from 'vitest'
import { harmlessLine, replySubject } from '../../src/commits/commit-subject.ts'

test.each([
  ['no explanation', '', 'lr: src/a.py, b.py'],
  ['only a fence', '```py\nx = 1\n```', 'lr: src/a.py, b.py'],
  ['only a fence that is left open', '~~~\nx = 1', 'lr: src/a.py, b.py'],
  ['only marks', '---\n***', 'lr: src/a.py, b.py'],
  ['a sentence', 'The sign was wrong.\n', 'lr: The sign was wrong'],
  ['several sentences', 'The sign in a.py was wrong. Now it is right.', 'lr: The sign in a.py was wrong'],
  ['a sentence over lines', 'The sign\nwas wrong! Yes.', 'lr: The sign was wrong!'],
  ['abbreviations', 'Zero, e.g. in a list, i.e. always. More.', 'lr: Zero, e.g. in a list, i.e. always'],
  ['a label', '**Why:** it was wrong.', 'lr: it was wrong'],
  ['a heading as label', '## Explanation: the loop ended early', 'lr: the loop ended early'],
  ['a lead-in', 'Here is the new version:\n\n- Handle zero\n- Handle one', 'lr: Handle zero'],
  ['nothing but a lead-in', 'Here is the new version:', 'lr: Here is the new version'],
  ['a title', '## Explanation\n\nZero is handled.', 'lr: Zero is handled'],
  ['a bold title', '**What changed**\n\nZero is handled.', 'lr: Zero is handled'],
  ['emphasis', '**Zero**, __one and two__ and **no `x`**.', 'lr: Zero, one and two and no `x`'],
  [
    'names with the marks of emphasis',
    'Pass **kwargs and **opts to __init__ of __main__.py, 2**3**2',
    'lr: Pass **kwargs and **opts to __init__ of __main__.py, 2**3**2',
  ],
  ['marks without end', '**a '.repeat(300_000), `lr:${' **a'.repeat(17)}…`],
  ['nothing but a title', '# Zero', 'lr: Zero'],
  ['a fence first', '```\nls\n```\nRun it.', 'lr: Run it'],
  ['a long sentence', `It ${'was '.repeat(30)}wrong.`, `lr: It${' was'.repeat(16)}…`],
  ['a long word', 'x'.repeat(100), `lr: ${'x'.repeat(67)}…`],
  ['a character that a cut would divide', '𝒳'.repeat(50), `lr: ${'𝒳'.repeat(33)}…`],
  ['control characters', 'a\x1b[31mb\x07', 'lr: a\\u{1b}[31mb\\u{7}'],
  ['what looks like a trailer', 'Lr-Run: x\nSigned-off-by: A <a@b>', 'lr: Lr-Run: x Signed-off-by: A <a@b>'],
])('the subject of %s', (_what, explanation, expected) => {
  const subject = replySubject(explanation, ['src/a.py', 'b.py'])
  expect(subject).toBe(expected)
  expect(subject.length).toBeLessThanOrEqual(72)
})

test.each([
  ['done [skip ci]', 'done (skip ci)'],
  ['[ci skip] done [no-ci]', '(ci skip) done (no-ci)'],
  ['[skip actions] ***NO_CI***', '(skip actions) NO_CI'],
  ['skip-checks: true', 'skip-checks true'],
  ['Fixes #12 and o/r#3', 'Fixes # 12 and o/r# 3'],
  ['closes GH-4', 'closes GH- 4'],
  ['resolves https://example.com/o/r/issues/1', 'resolves https://example.com/o/r/issues/ 1'],
  ['a[i] and row #2', 'a[i] and row #2'],
])('a line of a message has no effect on a forge: %s', (line, expected) => {
  expect(harmlessLine(line)).toBe(expected)
})
