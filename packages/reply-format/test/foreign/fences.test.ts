import { describe, expect, test } from 'vitest'
import { PY, PY2, TS, TS2, FILES, fence, HUNK, SECTION, SUM } from '../support/forms.ts'
import { take } from '../support/take.ts'

describe('a fence with the path of its file is a whole new version', () => {
  test.each([
    'src/sum.py',
    '**src/sum.py**',
    '**`src/sum.py`**',
    '**src/sum.py:**',
    '**File: `src/sum.py`**',
    '`src/sum.py`',
    '`src/sum.py`:',
    'src/sum.py:',
    '# src/sum.py',
    '### src/sum.py',
    '### `src/sum.py`',
    '#### 1. `src/sum.py`',
    '## File: src/sum.py',
    '### Updated `src/sum.py`',
    '### `src/sum.py` (updated)',
    '- src/sum.py',
    '- **src/sum.py**',
    '* `src/sum.py`:',
    '1. src/sum.py',
    '2) **src/sum.py**',
    'File: src/sum.py',
    'Filename: `src/sum.py`',
    'Path: src/sum.py',
    'In `src/sum.py`:',
    '[src/sum.py](src/sum.py)',
    '<src/sum.py>',
    '*src/sum.py*',
    '_src/sum.py_',
    '"src/sum.py"',
    '=== src/sum.py ===',
    '--- src/sum.py ---',
    '📄 src/sum.py',
    "Here's the updated `src/sum.py`:",
    'Here is the complete corrected version of `src/sum.py`:',
    'File 1: src/sum.py',
    '### Changes in src/sum.py',
    '### File 2: `src/sum.py`',
    '**1. `src/sum.py`**',
    '#### `src/sum.py` – fix the sign',
    '### src/sum.py — the sign',
    '### `src/sum.py` (fix the sign)',
    '// src/sum.py',
    '> src/sum.py',
    '<summary>src/sum.py</summary>',
    '<b>src/sum.py</b>',
    '=> src/sum.py',
    'src/sum.py ->',
    '*** src/sum.py ***',
    '| src/sum.py |',
    '`src/sum.py` should look like this:',
    'Now `src/sum.py` looks like this:',
    'Replace the entire contents of `src/sum.py` with:',
    'Corrected code for src/sum.py:',
    "Here's the updated version of src/sum.py:",
    'Here is src/sum.py:',
    'Full code for `src/sum.py`:',
    '<!-- src/sum.py -->',
    '<!-- File: src/sum.py -->',
    'Datei: `src/sum.py`',
    '**Fichier : `src/sum.py`**',
    'Archivo: src/sum.py',
    '文件：`src/sum.py`',
    'Файл: src/sum.py',
  ])('above it: %s', (label) => {
    for (const between of ['', '\n']) {
      const taken = take(`The sign was wrong.\n\n${label}\n${between}${fence('python', PY2)}`, FILES)
      expect(taken).toMatchObject({ writes: SUM, rejected: [] })
      expect(taken.reply.explanation).toBe('The sign was wrong.\n')
    }
  })

  test.each([
    'python:src/sum.py',
    'python src/sum.py',
    'src/sum.py',
    'py title="src/sum.py"',
    'python filename=src/sum.py',
    'python {file="src/sum.py"}',
    'python # src/sum.py',
    'python file:src/sum.py',
    'python filepath="src/sum.py"',
    'python [src/sum.py]',
    'python;src/sum.py',
    'python <src/sum.py>',
    'python=src/sum.py',
  ])('in its info string: %s', (info) => {
    expect(take(fence(info, PY2), FILES)).toMatchObject({ writes: SUM, rejected: [] })
  })

  test.each(['# src/sum.py', '# File: src/sum.py', '# filename: src/sum.py', '#src/sum.py', '"""src/sum.py"""'])(
    'in its first line: %s',
    (comment) => {
      expect(take(fence('python', `${comment}\n${PY2}`), FILES)).toMatchObject({ writes: SUM, rejected: [] })
    },
  )

  test.each([
    { what: 'tildes', reply: `src/sum.py\n${fence('python', PY2, '~~~')}` },
    { what: 'four signs', reply: `src/sum.py\n${fence('python', PY2, '````')}` },
    { what: 'no tag', reply: `src/sum.py\n${fence('', PY2)}` },
    { what: 'CR LF', reply: `src/sum.py\r\n${fence('python', PY2)}`.replaceAll(/\r?\n/g, '\r\n') },
    {
      what: 'more signs than the fences in the file',
      reply: `README.md\n${fence('markdown', `# B\n\n${fence('sh', 'x\n')}`, '````')}\nThen:\n${fence('sh', 'y\n')}`,
      files: { 'README.md': `# A\n\n${fence('sh', 'x\n')}` },
      writes: { 'README.md': `# B\n\n${fence('sh', 'x\n')}` },
    },
    {
      what: 'other signs than the fences in the file',
      reply: `README.md\n${fence('markdown', `# B\n\n${fence('sh', 'x\n')}`, '~~~')}`,
      files: { 'README.md': `# A\n\n${fence('sh', 'x\n')}` },
      writes: { 'README.md': `# B\n\n${fence('sh', 'x\n')}` },
    },
    {
      what: 'a name without a dot in its info string',
      reply: fence('make Makefile', 'all:\n\ttrue\n'),
      files: { Makefile: 'all:\n\tfalse\n' },
      writes: { Makefile: 'all:\n\ttrue\n' },
    },
    { what: 'a list item', reply: `1. **src/sum.py**\n\n${fence('python', PY2).replaceAll(/^(?=.)/gm, '   ')}` },
    { what: 'a heading and a sentence', reply: `### src/sum.py\n\nThe sign was wrong.\n\n${fence('python', PY2)}` },
    {
      what: 'reasoning',
      reply: `<think>\nsrc/sum.py\n${fence('python', 'x\n')}</think>\nsrc/sum.py\n${fence('python', PY2)}`,
    },
    { what: 'both names', reply: `**src/sum.py**\n${fence('python', `# src/sum.py\n${PY2}`)}` },
    {
      what: 'a usage example and a command',
      reply: `src/sum.py\n${fence('python', PY2)}\nUse it:\n${fence('python', 'add(1, 2)\n')}\nRun:\n${fence('sh', 'pytest\n')}`,
    },
    {
      what: 'the old lines before it',
      reply: `### src/sum.py\nBefore:\n${fence('python', '    return a - b\n')}After:\n${fence('python', PY2)}`,
    },
    { what: 'twice the same', reply: `src/sum.py\n${fence('python', PY2)}`.repeat(2) },
  ])('with $what', ({ reply, files = FILES, writes = SUM }) => {
    expect(take(reply, files)).toMatchObject({ writes, rejected: [] })
  })

  test('several files', () => {
    const reply = `### \`src/sum.py\`\n${fence('python', PY2)}\n### \`src/add.ts\`\n${fence('typescript', TS2)}`
    expect(take(reply, FILES)).toMatchObject({ writes: { ...SUM, 'src/add.ts': TS2 }, rejected: [] })
  })

  test.each([
    ['ts', '// src/add.ts'],
    ['typescript', '/* src/add.ts */'],
    ['js', '//src/add.ts'],
  ])('%s: %s', (tag, comment) => {
    expect(take(fence(tag, `${comment}\n${TS2}`), FILES)).toMatchObject({ writes: { 'src/add.ts': TS2 } })
  })

  test('a comment that the file begins with stays', () => {
    const files = { 'a.ts': `// a.ts\n${TS}` }
    expect(take(fence('ts', `// a.ts\n${TS2}`), files)).toMatchObject({ writes: { 'a.ts': `// a.ts\n${TS2}` } })
  })

  test('a new file', () => {
    expect(take(`src/new.py\n${fence('python', 'x = 1\n')}`, FILES)).toMatchObject({
      writes: { 'src/new.py': 'x = 1\n' },
    })
    expect(take(`data.json\n${fence('json', '{\n  "n": 2\n}\n')}`, FILES)).toMatchObject({
      writes: { 'data.json': '{\n  "n": 2\n}\n' },
    })
    expect(take(`run.sh\n${fence('sh', 'echo two\n')}`, FILES)).toMatchObject({ writes: { 'run.sh': 'echo two\n' } })
    expect(take(`notes.txt\n${fence('text', 'two\n')}`, FILES)).toMatchObject({ writes: { 'notes.txt': 'two\n' } })
  })
})

describe('one closed fence is the only file', () => {
  const ONE = { 'sum.py': PY }
  test.each([
    { what: 'its language', reply: fence('python', PY2) },
    { what: 'a sentence', reply: `Here's the fixed code:\n\n${fence('py', PY2)}\nDone.\n` },
    { what: 'a command beside it', reply: `${fence('python', PY2)}\n${fence('bash', 'python sum.py\n')}` },
    { what: 'no tag, but its lines', reply: fence('', PY2) },
  ])('$what', ({ reply }) => {
    expect(take(reply, ONE)).toMatchObject({ writes: { 'sum.py': PY2 }, rejected: [] })
  })

  test.each([
    { what: 'another language', reply: fence('javascript', PY2), code: 'fence-unclear' },
    { what: 'an output', reply: fence('', '2 passed\n'), code: 'fence-unclear' },
    { what: 'a part of the file', reply: fence('python', 'def add(a, b):\n    return a + b\n'), code: 'snippet' },
    { what: 'an unknown tag', reply: fence('frobnicate', 'x\n'), code: 'fence-unclear' },
    { what: 'no tag, and no line of it', reply: fence('', 'x = 1\ny = 2\n'), code: 'fence-unclear' },
    { what: 'fewer lines, none of them named', reply: fence('python', 'a = 1\nb = 2\nc = 3\n'), code: 'fence-unclear' },
    {
      what: 'a test of it',
      reply: fence(
        'python',
        'from sum import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n\n\ndef test_more():\n    assert add(0, 0) == 0\n',
      ),
      code: 'fence-unclear',
    },
    { what: 'an example', reply: `For example:\n${fence('python', PY2)}`, code: 'fence-unclear' },
    {
      what: 'another file by a heading',
      reply: `### helper.py — what both use\n${fence('python', PY2)}`,
      code: 'fence-unclear',
    },
    {
      what: 'another file by a sentence',
      reply: `In a new file (helper.py), add this:\n${fence('python', PY2)}`,
      code: 'fence-unclear',
    },
    { what: 'several', reply: fence('python', PY2) + fence('python', 'add(1, 2)\n'), code: 'fence-unclear' },
    { what: 'no end', reply: '```python\ndef add(a, b):\n', code: 'unclosed' },
    {
      what: 'lines left out',
      reply: fence('python', 'def add(a, b):\n    return a + b\n\n# ... rest of the code\n'),
      code: 'snippet',
    },
  ])('$what: refused', ({ reply, code }) => {
    expect(take(reply, ONE)).toMatchObject({ writes: {}, rejected: [code] })
  })

  test.each([
    { what: 'a command', reply: `Run it:\n${fence('bash', 'python sum.py\n')}` },
    { what: 'a session', reply: fence('console', '$ python sum.py\n3\n') },
    {
      what: 'a citation with an omission',
      reply: fence('1:2:sum.py', 'def add(a, b):\n\n# ...\n    return a - b\n'),
    },
    { what: 'a citation of a file that is not known', reply: fence('1:2:mul.py', 'x = 1\n') },
    { what: 'a citation', reply: fence('1:2:sum.py', 'def add(a, b):\n    return a - b\n') },
  ])('$what is explanation', ({ reply }) => {
    expect(take(reply, ONE)).toMatchObject({ writes: {}, rejected: [] })
  })

  test('without the path, and with several files, it is not guessed', () => {
    expect(take(fence('python', PY2), FILES)).toMatchObject({ writes: {}, rejected: ['no-name'] })
  })

  test.each([
    { what: 'a fence', change: fence('python', PY2) },
    { what: 'a fence without a tag', change: fence('', PY2) },
    { what: 'sections', change: SECTION },
    { what: 'sections in a fence', change: fence('python', SECTION) },
    { what: 'hunks', change: fence('diff', HUNK) },
  ])('the text of a change without a path is there if it is refused: $what', ({ change }) => {
    const { reply } = take(`Why.\n\n${change}\nThat is all.\n`, FILES)
    expect(reply.fullExplanation).toBe(`Why.\n\n${change}\nThat is all.\n`)
    expect(reply.explanation).toBe('Why.\n\n\nThat is all.\n')
    const named = take(`Why.\n\nsrc/sum.py\n${change}`, FILES).reply
    expect(named).toMatchObject({ explanation: 'Why.\n', fullExplanation: 'Why.\n' })
  })
})

describe('a fence that is not surely the whole file', () => {
  test.each([
    { what: 'never closed', reply: `src/sum.py\n\`\`\`python\n${PY2}`, code: 'unclosed' },
    { what: 'of another language', reply: `src/sum.py\n${fence('json', '{}\n')}`, code: 'fence-unclear' },
    { what: 'with two names', reply: `src/sum.py\n${fence('python', `# src/mul.py\n${PY2}`)}`, code: 'fence-unclear' },
    {
      what: 'a function',
      reply: `src/sum.py\n${fence('python', 'def add(a, b):\n    return a + b\n')}`,
      code: 'snippet',
    },
    {
      what: 'the end of the file',
      reply: `src/sum.py\n${fence('python', 'def mul(a, b):\n    return a * b * 1\n')}`,
      code: 'snippet',
    },
    {
      what: 'added by a sentence',
      reply: `Add this to \`src/sum.py\`:\n${fence('python', PY2)}`,
      code: 'fence-unclear',
    },
    { what: 'a range of lines', reply: `src/sum.py:1-2\n${fence('python', PY2)}`, code: 'fence-unclear' },
    { what: 'a range of lines in the info string', reply: fence('1:6:src/sum.py', PY2), code: 'fence-unclear' },
    { what: 'lines by a remark', reply: `src/sum.py (lines 1-6)\n${fence('python', PY2)}`, code: 'fence-unclear' },
    {
      what: 'a heading of a problem',
      reply: `### The problem in src/sum.py\n${fence('python', PY2)}`,
      code: 'fence-unclear',
    },
    {
      what: 'a part by a sentence',
      reply: `Here is the new part of \`src/sum.py\`:\n${fence('python', PY2)}`,
      code: 'fence-unclear',
    },
    {
      what: 'beside blocks',
      reply: `<<<< src/add.ts <<<<\n${TS2}>>>>>>>>\nsrc/sum.py\n${fence('python', PY2)}`,
      code: 'fence-unclear',
    },
    {
      what: 'a change without a path beside one',
      reply: `src/sum.py\n${fence('python', PY2)}Then add this:\n${fence('js', 'x()\n')}`,
      code: 'fence-unclear',
    },
  ])('$what: refused', ({ reply, code }) => {
    expect(take(reply, FILES)).toMatchObject({ writes: {}, rejected: [code] })
  })

  test.each([
    {
      what: 'a fence in a README',
      files: { 'README.md': '# A\n' },
      reply: 'README.md\n```markdown\n# A\n```\nx\n```\ny\n```\n',
    },
    {
      what: 'a file with fences',
      files: { 'README.md': '# A\n\n```sh\nx\n```\n' },
      reply: 'README.md\n```markdown\n# B\n\n```sh\nx\n```\n',
    },
    {
      what: 'code with a fence',
      files: { 'a.py': '"""\n```\nx\n```\n"""\n' },
      reply: 'a.py\n```python\n"""\n```\ny = 1\n',
    },
  ])('$what: refused, since its end is unclear', ({ files, reply }) => {
    const { writes, rejected } = take(reply, files)
    expect(writes).toEqual({})
    expect(rejected.length).toBeGreaterThan(0)
  })

  test('an import that is still used is a part of the file; one that is not used may go', () => {
    const files = { 'a.py': 'import os\nimport sys\n\n\ndef f():\n    return sys.argv\n' }
    const body = 'def f():\n    return sys.argv[1]\n'
    expect(take(`a.py\n${fence('python', body)}`, files)).toMatchObject({ writes: {}, rejected: ['snippet'] })
    const whole = `import sys\n\n\n${body}`
    expect(take(`a.py\n${fence('python', whole)}`, files)).toMatchObject({ writes: { 'a.py': whole } })
  })

  test('a short version without names is a part of the file', () => {
    const files = { 'a.py': Array.from({ length: 8 }, (_, index) => `f(${index})\n`).join('') }
    for (const body of ['g(0)\ng(1)\n', 'f(0)\nf(1)\ng(2)\n']) {
      expect(take(`a.py\n${fence('python', body)}`, files)).toMatchObject({ writes: {}, rejected: ['snippet'] })
    }
  })

  test('a function that the explanation names may go', () => {
    const reply = `I removed mul, which is not used.\n\nsrc/sum.py\n${fence('python', 'def add(a, b):\n    return a + b\n')}`
    expect(take(reply, FILES)).toMatchObject({ writes: { 'src/sum.py': 'def add(a, b):\n    return a + b\n' } })
  })

  test.each([
    { what: 'a quotation', reply: `src/sum.py\n${fence('python', '    return a - b\n')}That is wrong.\n` },
    { what: 'a command', reply: `src/sum.py\n${fence('sh', 'python src/sum.py\n')}` },
    { what: 'an unchanged file', reply: `src/sum.py (unchanged)\n${fence('python', 'x\n')}` },
    {
      what: 'an example beside our block',
      reply: `<<<< src/sum.py <<<<\n${PY2}>>>>>>>>\nUsage:\n${fence('python', 'add(1, 2)\n')}`,
      writes: SUM,
    },
    {
      what: 'the same file beside our block',
      reply: `<<<< src/sum.py <<<<\n${PY2}>>>>>>>>\n**src/sum.py**\n${fence('python', 'add(1, 2)\n')}`,
      writes: SUM,
    },
    {
      what: 'a name in a sentence beside our block',
      reply: `<<<< src/sum.py <<<<\n${PY2}>>>>>>>>\nThe caller in \`src/add.ts\`:\n${fence('ts', 'add()\n')}`,
      writes: SUM,
    },
    {
      what: 'an example by comment beside our block',
      reply: `<<<< src/sum.py <<<<\n${PY2}>>>>>>>>\n${fence('python', '# example.py\nadd(1, 2)\n')}`,
      writes: SUM,
    },
    {
      what: 'an example by comment beside a version',
      reply: `src/sum.py\n${fence('python', PY2)}\n${fence('python', '# example.py\nadd(1, 2)\n')}`,
      writes: SUM,
    },
    { what: 'a product', reply: `### Node.js\n${fence('sh', 'npm i\n')}` },
    { what: 'a long line with a path', reply: `src/sum.py ${'and so on '.repeat(40)}\n${fence('sh', 'x\n')}` },
    { what: 'the phrase', reply: fence('', 'No further improvements possible\n') },
    { what: 'two paths in a sentence', reply: `Both \`src/sum.py\` and \`src/add.ts\`:\n${fence('sh', 'x\n')}` },
    { what: 'a table of contents', reply: `Files:\n- src/sum.py\n- src/add.ts\n` },
  ])('$what is explanation', ({ reply, writes = {} }) => {
    expect(take(reply, FILES)).toMatchObject({ writes, rejected: [] })
  })
})

test.each([
  { what: 'more lines, none of the old ones', old: 'a = 1\nb = 2\n', next: 'c = 1\nd = 2\n' },
  { what: 'fewer lines of a short file', old: 'print(1)\nprint(2)\nprint(3)\n', next: 'print(4)\n' },
  { what: 'all lines but one', old: 'f(1)\nf(2)\nf(3)\nf(4)\nf(5)\n', next: 'f(1)\nf(3)\nf(4)\nf(5)\n' },
  { what: 'most of the lines', old: 'f(1)\nf(2)\nf(3)\nf(4)\nf(5)\n', next: 'f(1)\nf(2)\nf(3)\n' },
])('a named fence with $what is a version', ({ old, next }) => {
  expect(take(`a.py\n${fence('python', next)}`, { 'a.py': old })).toMatchObject({
    writes: { 'a.py': next },
    rejected: [],
  })
})

test('a label may lack the folders of the comment', () => {
  const reply = `sum.py\n${fence('python', `# src/sum.py\n${PY2}`)}`
  expect(take(reply, { 'sum.py': PY })).toMatchObject({ writes: { 'sum.py': PY2 }, rejected: [] })
})
