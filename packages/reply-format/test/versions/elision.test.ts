import { describe, expect, test } from 'vitest'
import { review } from '../support/review.ts'

const numbered = (count: number, text: string) => Array.from({ length: count }, (_, n) => `${text}${n}\n`).join('')
const LONG = `first()\n${numbered(20, 'step_')}last()\n`

describe('a line in the place of old lines', () => {
  test.each([
    { path: 'a.py', line: '# ... rest of the code ...' },
    { path: 'a.py', line: '# Rest of the function unchanged' },
    { path: 'a.py', line: '# [previous methods]' },
    { path: 'a.py', line: '# as above' },
    { path: 'a.py', line: '# (same as before)' },
    { path: 'a.py', line: '    # no changes' },
    { path: 'a.py', line: '(… as before)' },
    { path: 'a.py', line: '[existing steps]' },
    { path: 'a.py', line: '# der Rest bleibt unverändert' },
    { path: 'a.py', line: '# le reste est inchangé' },
    { path: 'a.py', line: '# el resto sigue igual' },
    { path: 'a.py', line: '# 其余代码保持不变' },
    { path: 'a.py', line: '# 残りは同じ' },
    { path: 'a.py', line: '# остальной код' },
    { path: 'a.py', line: '# решта коду' },
    { path: 'a.py', line: '# pozostały kod bez zmian' },
    { path: 'a.py', line: '# overige code ongewijzigd' },
    { path: 'a.py', line: '# zbytek souboru beze změny' },
    { path: 'a.py', line: '# resten oförändrat' },
    { path: 'a.py', line: '# kodun geri kalanı değişmedi' },
    { path: 'a.js', line: '// ⋮' },
    { path: 'a.js', line: '⋯ unchanged ⋯' },
    { path: 'notes.md', line: '*(sections 2–9 unchanged)*' },
    { path: 'a.py', line: '"""rest of the module"""' },
    { path: 'a.ts', line: '// the other methods' },
    { path: 'a.ts', line: '/* ... */' },
    { path: 'a.tsx', line: '{/* existing markup */}' },
    { path: 'a.html', line: '<!-- rest of the page unchanged -->' },
    { path: 'a.html', line: '<!-- (same as before) -->' },
    { path: 'a.erb', line: '<%# remaining rows %>' },
    { path: 'a.jinja', line: '{# rest of the template #}' },
    { path: 'a.blade.php', line: '{{-- unchanged --}}' },
    { path: 'a.cshtml', line: '@* rest as before *@' },
    { path: 'a.ml', line: '(* rest unchanged *)' },
    { path: 'a.hs', line: '{- rest unchanged -}' },
    { path: 'a.hs', line: '-- rest unchanged' },
    { path: 'a.lua', line: '--[[ existing code ]]' },
    { path: 'a.sql', line: '-- ... other columns' },
    { path: 'a.el', line: ';; rest of the file' },
    { path: 'a.tex', line: '% remaining sections' },
    { path: 'a.bat', line: 'REM rest as before' },
    { path: 'a.f90', line: '! rest unchanged' },
    { path: 'notes.md', line: '<!-- rest of the page unchanged -->' },
    { path: 'notes.md', line: '[... the remaining paragraphs ...]' },
    { path: 'notes.md', line: '(rest of the document unchanged)' },
    { path: 'notes.txt', line: '... the rest stays the same ...' },
  ])('$path: $line is refused', ({ path, line }) => {
    expect(review(path, `first()\n${line}\nlast()\n`, LONG, { allowsShrink: true })).toMatchObject({
      refused: { code: 'elided', message: expect.stringContaining('line 2 stands for lines that are omitted') },
    })
  })

  test.each([
    { path: 'a.py', body: '    ...', code: 'dots' },
    { path: 'a.ts', body: '...', code: 'dots' },
    { path: 'a.ts', body: '…', code: 'dots' },
  ])('$path: "$body" alone is refused', ({ path, body, code }) => {
    const old = `first():\n${numbered(20, '    step_')}last()\n`
    expect(review(path, `first():\n${body}\nlast()\n`, old, { allowsShrink: true })).toMatchObject({
      refused: { code },
    })
  })

  test('one placeholder of several is enough, and the first that loses lines is named', () => {
    const content = `first()\n# as before\n${numbered(20, 'step_')}# rest of the code\n`
    expect(review('a.py', content, LONG)).toMatchObject({ refused: { message: expect.stringMatching(/^line 23 /) } })
  })
})

describe('in a short file, beside a changed line', () => {
  const PY = 'def add(a, b):\n    return a - b\n\n\ndef mul(a, b):\n    return a * b\n'
  const JS = 'function add(a, b) {\n  return a - b\n}\n\nfunction mul(a, b) {\n  return a * b\n}\n'

  test.each([
    '# mul() stays the same',
    '# mul() and div() remain unchanged',
    '# Rest bleibt gleich',
    '# Der Rest des Codes bleibt unverändert',
    '# Le reste du code est inchangé',
    '# El resto del código sigue igual',
    '# O resto do código permanece igual',
    '# Il resto del codice rimane invariato',
    '# Остальной код без изменений',
    '# 其余代码不变',
    '# 剩余部分保持不变',
    '# 残りは同じです',
    'def mul(a, b):\n    pass  # existing code',
    'def mul(a, b):\n    pass # unchanged',
  ])('%s is refused', (line) => {
    expect(review('a.py', `def add(a, b):\n    return a + b\n\n\n${line}\n`, PY)).toMatchObject({
      refused: { code: 'elided' },
    })
  })

  test.each(['{ /* unchanged */ }', '{ /* ... */ }', '{ ... }', '{ … }'])('a body %s is refused', (body) => {
    const content = `function add(a, b) {\n  return a + b\n}\n\nfunction mul(a, b) ${body}\n`
    expect(review('a.js', content, JS)).toMatchObject({ refused: { code: 'elided' } })
  })

  test.each(['# add() is the same as sum', '# the reste', 'x = {}  # keep', 'pass'])('%s is content', (line) => {
    const content = PY.replace('a - b', 'a + b').replace('    return a * b', `    ${line}\n    return a * b`)
    expect(review('a.py', content, PY)).toMatchObject({ content })
  })
})

describe('a line among lines that are all there', () => {
  const OLD = 'def read(f):\n    head = f.readline()\n    body = f.read()\n    return body, head\n'

  test.each([
    'read the rest of the file',
    'same as above, except for odd numbers',
    'no change in direction',
    'Process the remaining lines...',
    'add it to the existing list...',
    'imports omitted on purpose',
    '... and the rest of the code',
    'existing code',
    'as before',
  ])('# %s is content', (comment) => {
    const content = OLD.replace('    body', `    # ${comment}\n    body`).replace('body, head', 'head, body')
    expect(review('a.py', content, OLD)).toMatchObject({ content })
  })

  test.each([
    {
      what: 'a shorter rewrite',
      content:
        'first()\n# the same steps as before, in one\nsteps = all_of(20)\nsteps()\nfor s in steps:\n    s()\n    check(s)\nlast()\n',
    },
    { what: 'a spread', content: `first()\n${numbered(19, 'step_')}[...rest]\nlast()\n` },
    { what: 'a stub', content: `first():\n    ...\n${numbered(20, 'step_')}last()\n` },
    { what: 'a long comment', content: `first()\n# ${'the rest of the words '.repeat(10)}\nlast()\n` },
    { what: 'an ordinary comment', content: 'first()\n# one step\nlast()\n' },
  ])('$what is content', ({ content }) => {
    expect(review('a.py', content, LONG, { allowsShrink: true })).toMatchObject({ content })
  })
})

describe('a new file', () => {
  test.each(['# ... rest of the code', '# existing code here', '// remaining code unchanged'])(
    '%s is refused',
    (line) => {
      expect(review('a.py', `x = 1\n${line}\n`)).toMatchObject({ refused: { code: 'elided' } })
    },
  )

  test.each(['# read the rest of the file', '# see above', '# others may follow'])('%s is content', (line) => {
    expect(review('a.py', `x = 1\n${line}\n`)).toMatchObject({ content: `x = 1\n${line}\n` })
  })
})

describe('a version far shorter than the file', () => {
  const names = (text: string) => ({
    refused: { code: 'shrunk', message: expect.stringContaining(`without ${text} (`) },
  })

  test.each([
    {
      path: 'a.py',
      old: `import os\n\ndef load():\n${numbered(40, '    x')}\nclass Store:\n    def save(self):\n        pass\n`,
      gone: 'load, Store, save',
    },
    {
      path: 'a.ts',
      old: `export async function load() {\n${numbered(40, '  x')}}\nexport const LIMIT = 3\nexport default class Store {}\n`,
      gone: 'load, LIMIT, Store',
    },
    { path: 'a.go', old: `func Load() {\n${numbered(40, '\tx')}}\ntype Store struct {}\n`, gone: 'Load, Store' },
    {
      path: 'a.rs',
      old: `pub(crate) fn load() {\n${numbered(40, '    x')}}\npub struct Store;\n`,
      gone: 'load, Store',
    },
    { path: 'a.c', old: `static int load(void)\n{\n${numbered(40, '    x;')}}\n`, gone: 'load' },
    { path: 'a.sh', old: `load() {\n${numbered(40, '  x ')}}\n`, gone: 'load' },
    { path: 'a.md', old: `# Install\n${numbered(40, 'text ')}## Use it\n`, gone: 'Install, Use it' },
    { path: 'a.ini', old: `[server]\nport = 1\n${numbered(40, '# ')}`, gone: 'server, port' },
    { path: 'a.json', old: `{\n  "name": "x",\n${numbered(40, '    "v",')}}\n`, gone: 'name' },
    { path: 'a.txt', old: `kept\n${numbered(40, 'item ')}kept\n`, gone: 'lines 2 to 41' },
    {
      path: 'many.py',
      old: numbered(40, 'def f').replaceAll(/(\d+)\n/g, '$1():\n    pass\n'),
      gone: 'f0, f1, f2, f3, f4, f5, f6, f7',
    },
  ])('$path: is refused, and names $gone', ({ path, old, gone }) => {
    expect(review(path, 'kept\n', old)).toMatchObject(names(gone))
    expect(review(path, 'kept\n', old, { explanation: `Removed: ${gone}.` })).toMatchObject({ content: 'kept\n' })
    expect(review(path, 'kept\n', old, { explanation: 'Simplified.' })).toMatchObject(names(gone))
    expect(review(path, 'kept\n', old, { allowsShrink: true })).toMatchObject({ content: 'kept\n' })
  })
})
