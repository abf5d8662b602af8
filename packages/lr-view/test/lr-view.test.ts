import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder, TRIES_ALL } from '@loop-runner/test-kit'
import { findViolations, hasBrowser, startBrowser, validateHtml } from './support/browser.ts'

const HOSTILE = [
  '<script>document.title = "owned"</script>',
  '<img src=x onerror="document.title = 1">',
  '</pre></details><h1>PASSED</h1>',
  '\u202Egnp.exe \x1b[31mred\x1b[0m \x07',
  '```\n# heading\n<b>bold</b>',
  '&lt;script&gt;',
]
const reply = (content: string, explanation: string) => `<<<< a.txt <<<<\n${content}\n>>>>>>>>\n${explanation}\n`

/** A finished run with these replies, and pages of it. */
async function viewRun(replies: readonly string[], check = 'grep -q four a.txt') {
  const folder = tempFolder({
    'tree/a.txt': 'one\n',
    'tree/check.sh': `#!/bin/sh\ncat a.txt\n${check}\n`,
    ...Object.fromEntries(replies.map((text, index) => [`replies/${index + 1}.txt`, text])),
  })
  const script =
    'chmod +x check.sh && git init -q -b main && git add -A && git commit -qm start && ' +
    'lr-loop -q -i 5 -m replay:../replies --label Monday --run-dir ../run a.txt -- ./check.sh'
  const loop = await bash(script, { cwd: join(folder.path, 'tree') })
  const path = join(folder.path, 'run')
  const { stdout: page } = await run('lr-view', [path])
  const { stdout: markdown } = await run('lr-view', ['--format', 'markdown', path])
  return { folder, path, loop, page, markdown }
}

const withGit = describe.skipIf(!hasProgram('git'))

test.skipIf(!hasProgram('script'))('a page is not printed on a terminal', async () => {
  const { stdout, status } = await bash("script -qec 'lr-view nothing' /dev/null < /dev/null")
  expect({ stdout, status }).toEqual({
    stdout: 'lr-view: standard output is a terminal (use lr-view > run.html, lr-view serve or lr-loop show)\r\n',
    status: 2,
  })
})

withGit('a run that passes (git)', () => {
  test('the page shows verdict, rounds, changes and what to do', async () => {
    const { folder, page, markdown, loop } = await viewRun([reply('two', 'First.'), reply('four', 'Because of four.')])
    using _folder = folder
    expect(loop.status, loop.stderr).toBe(0)
    expect(page).toMatch(/<h1>\s*<span class="verdict good">passed<\/span> the check passes/)
    for (const text of ['Because of four.', 'Round 2', 'a.txt', 'lr-git finish', 'replay:', 'Monday'])
      expect(page).toContain(text)
    expect(markdown).toContain('**Label:** Monday\n')
    expect(page).not.toMatch(/<script|\bsrc=|<link|https?:\/\//)
    expect(markdown).toContain('## ✅ passed: ')
    expect(markdown).toContain('\n-two\n+four\n')
  })

  test('the page is valid HTML', async () => {
    const { folder, page } = await viewRun([reply('two', HOSTILE.join('\n')), reply('four', '')])
    using _folder = folder
    expect(await validateHtml(page)).toEqual([])
  })

  test('Markdown leaves out the longest details and says so', async () => {
    const { folder, path } = await viewRun([reply(`${'long '.repeat(3000)}four`, 'Short.')])
    using _folder = folder
    const { stdout } = await run('lr-view', ['--format', 'markdown', '--max-bytes', '4000', path])
    expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(4000)
    expect(stdout).toMatch(/left out \(\d+\.\d kB\)/)
    expect(stdout).toContain('Short.')
  })
})

withGit('a Markdown page of a long run (git)', () => {
  test('has at most --max-bytes', async () => {
    const replies = Array.from({ length: 20 }, (_, index) =>
      reply(`version ${index} ${'long '.repeat(100)}`, 'Why. '.repeat(200)),
    )
    using folder = tempFolder({
      'tree/a.txt': 'one\n',
      'tree/check.sh': '#!/bin/sh\ncat a.txt\nexit 1\n',
      ...Object.fromEntries(replies.map((text, index) => [`replies/${index + 1}.txt`, text])),
    })
    await bash(
      'chmod +x check.sh && lr-loop -q --no-git -i 20 -m replay:../replies --instructions "$(yes 日本語 | head -n 9000)" --run-dir ../run a.txt -- ./check.sh',
      { cwd: join(folder.path, 'tree') },
    )
    for (const maxBytes of [1000, 2000, 5000, 8000]) {
      const args = ['--format', 'markdown', '--max-bytes', String(maxBytes), join(folder.path, 'run')]
      const { stdout } = await run('lr-view', args)
      expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(maxBytes)
      expect(stdout).toMatch(/^## ❌ stopped: /)
      expect(stdout).toContain('left out')
    }
  })
})

withGit('a round that reports no tests (git)', () => {
  const TESTS =
    'for word in one two; do grep -q $word a.txt && echo "ok 1 - has $word" || { echo "not ok 1 - has $word"; bad=1; }; done; exit ${bad:-0}'
  const ROWS = [
    { what: 'blocked', second: '<<<< blocked <<<<\nIt cannot be done.\n>>>>>>>>\n' },
    { what: 'rejected', second: '<<<< ../b.txt <<<<\nx\n>>>>>>>>\nOutside.\n' },
    { what: 'nothing', second: 'Turn the sign round.\n' },
  ]

  test.each(ROWS)('$what: nothing is fixed or broken by it', async ({ second }) => {
    const { folder, page, loop } = await viewRun([reply('one\nx', 'x'), second, reply('one\ntwo', 'Both.')], TESTS)
    using _folder = folder
    expect(loop.status, loop.stderr).toBe(0)
    const [, first = '', silent = '', last = ''] = page.split('<details class="round"').slice(1)
    expect(first).toContain('1 still failing</span>: has two')
    expect(silent).not.toMatch(/fixed|broke|failing/)
    expect(last).toContain('1 fixed</span>: has two')
    expect(last).not.toMatch(/broke|failing/)
  })
})

withGit('hostile text (git)', () => {
  test('is text in HTML and in Markdown', async () => {
    const { folder, page, markdown } = await viewRun([
      reply(HOSTILE.join('\n'), HOSTILE.join('\n')),
      reply('four', 'x'),
    ])
    using _folder = folder
    expect(page).not.toMatch(/<script|<img|<b>|\x1b|\x07|\u202e/)
    expect(page).toContain('&lt;U+202E&gt;')
    expect(page).toContain('&amp;lt;script&amp;gt;')
    expect(markdown).not.toMatch(/\x1b|\x07|\u202e/)
    // Every detail is inside a fence that its own text cannot end.
    expect(markdown).toContain('````')
  })

  test.skipIf(!hasBrowser)(
    'runs nothing in a browser, and the page has no accessibility violations (chromium)',
    async () => {
      const text = [...HOSTILE, 'x'.repeat(20_000)].join('\n')
      const { folder, page } = await viewRun([
        reply(text, HOSTILE.join('\n')),
        reply(
          `${text}
four`,
          'x',
        ),
      ])
      using _folder = folder
      const file = join(folder.path, 'run.html')
      writeFileSync(file, page)
      const browser = await startBrowser()
      try {
        for (const [width, colorScheme] of [
          [320, 'light'],
          [800, 'dark'],
          [1400, 'light'],
        ] as const) {
          const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
          const tab = await context.newPage()
          await tab.goto(`file://${file}`)
          expect(await tab.title()).toContain('passed')
          expect(await tab.locator('h1').count()).toBe(1)
          expect(await tab.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
          expect(await findViolations(tab)).toEqual([])
          await context.close()
        }
      } finally {
        await browser.close()
      }
    },
  )
})

withGit('other runs (git)', () => {
  test('a rejected reply is shown with its reason', async () => {
    const { folder, page, loop } = await viewRun([`<<<< ../b.txt <<<<\nx\n>>>>>>>>\nOutside.\n`, reply('four', '')])
    using _folder = folder
    expect(loop.status, loop.stderr).toBe(0)
    expect(page).toMatch(/Not applied[^]*\.\.\/b\.txt: /)
  })

  test('each attempt is shown with its rounds, tests and changes', async () => {
    using folder = tempFolder({
      'tree/a.txt': 'one\n',
      'tree/check.sh': '#!/bin/sh\ngrep -q four a.txt || { echo "not ok 1 - has four"; exit 1; }\n',
      'model.sh': `#!/bin/sh\ncat > prompt.txt\nif [ "$LR_LLM_SEED" = 7 ]; then v=two; else v=four; fi\nprintf '<<<< a.txt <<<<\\n%s\\n>>>>>>>>\\nSeed %s.\\n' "$v" "$LR_LLM_SEED"\n`,
    })
    const script =
      'chmod +x check.sh ../model.sh && git init -q -b main && echo prompt.txt > .gitignore && git add -A && git commit -qm start && ' +
      'lr-loop -q -i 1 --attempts 2 --seed 7 -m exec:$PWD/../model.sh --run-dir ../run a.txt -- ./check.sh'
    const loop = await bash(script, { cwd: join(folder.path, 'tree') })
    expect(loop.status, loop.stderr).toBe(0)
    const { stdout: page } = await run('lr-view', [join(folder.path, 'run')])
    const [, first = '', second = ''] = page.split('<details class="attempt"')
    expect(first).toContain('Seed 7.')
    expect(first).toMatch(/class="line added">\+two</)
    expect(second).toMatch(/class="line added">\+four</)
    expect(second).toContain('kept')
    expect(page.split('<details class="attempt"')).toHaveLength(3)
    expect(await validateHtml(page)).toEqual([])
    const { stdout: markdown } = await run('lr-view', ['--format', 'markdown', join(folder.path, 'run')])
    expect(markdown).toContain('| 2 | passed, kept |')
    expect(markdown).toContain('Attempt 2, Round 1: explanation')
  })

  test('a tampered check is named so, and the check of the files as they were left is shown with its output', async () => {
    using folder = tempFolder({
      'tree/a.js': 'exports.a = 1\nexports.b = 1\n',
      'tree/a.test.js':
        "const test = require('node:test')\nconst assert = require('node:assert')\nconst it = require('./a.js')\ntest('a', () => assert.equal(it.a, 2))\ntest('b', () => assert.equal(it.b, 2))\n",
      'replies/1.txt': '<<<< a.js <<<<\nexports.a = 2\nexports.b = 1\n>>>>>>>>\nOne.\n',
      'replies/2.txt': "<<<< a.test.js <<<<\nrequire('node:test')('a', () => {})\n>>>>>>>>\nNo tests, no failures.\n",
    })
    const script =
      'git init -q -b main && git add -A && git commit -qm start && ' +
      'lr-loop -q -i 2 -m replay:../replies --run-dir ../run a.js a.test.js -- node --test'
    const loop = await bash(script, { cwd: join(folder.path, 'tree') })
    expect(loop.status, loop.stderr).toBe(1)
    const run_ = join(folder.path, 'run')
    const { stdout: page } = await run('lr-view', [run_])
    const rounds = page.split('<details class="round"')
    expect(rounds[3]).toMatch(/Round 2[^<]*<span class="verdict bad">tampered 0\.00/)
    expect(rounds[3]).not.toMatch(/\d (?:fixed|broke|still failing)</)
    expect(rounds[4]).toMatch(/Check 3: the files as the run left them[^]*node --test/)
    expect(rounds[4]).toContain('1 still failing</span>: b')
    const { stdout: markdown } = await run('lr-view', ['--format', 'markdown', run_])
    expect(markdown).toContain('| 2 | tampered |')
    for (const text of [
      '- **Check:** node --test\n',
      '- **Sources:** a.js a.test.js\n',
      '- resume: lr-loop --resume ',
      '✗   ✗   ?   ✗   b',
    ])
      expect(markdown).toContain(text)
    const { stdout: shown } = await run('lr-loop', ['show', run_])
    expect(shown).toMatch(/^2 {2}tampered/m)
    expect(shown).toContain('advice: continue with more --iterations')
    const { stdout: check } = await run('lr-loop', ['show', '--check', '3', run_])
    expect(check).toContain('not ok 2 - b')
  })

  test('a long run has a page of less than 10 kB a round', async () => {
    const rounds = TRIES_ALL ? 30 : 10
    const replies = Array.from({ length: rounds }, (_, index) => reply(`version ${index}`, ''))
    using folder = tempFolder({
      'tree/a.txt': 'one\n',
      ...Object.fromEntries(replies.map((text, index) => [`replies/${index + 1}.txt`, text])),
    })
    const script =
      'n=$(cat "$0.n" 2>/dev/null || echo 0); n=$((n + 1)); echo $n > "$0.n"; echo "line $n is wrong"; echo "score: 0.$(printf %03d $n)"; exit 1'
    writeFileSync(join(folder.path, 'check.sh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    await run(
      'lr-loop',
      ['-q', '--no-git', '--no-guard', '-m', 'replay:../replies', '--run-dir', '../run', 'a.txt', '--', '../check.sh'],
      {
        cwd: join(folder.path, 'tree'),
      },
    )
    const { stdout } = await run('lr-view', [join(folder.path, 'run')])
    expect(stdout).toContain(`Round ${rounds}`)
    expect(Buffer.byteLength(stdout)).toBeLessThan(rounds * 10e3)
  })
})

test.each([
  { what: 'no run in this folder', args: [], message: 'no run' },
  { what: 'a run that does not exist', args: ['nowhere'], message: 'nowhere' },
])('$what is invalid usage', async ({ args, message }) => {
  using folder = tempFolder()
  const { status, stdout, stderr } = await run('lr-view', args, {
    cwd: folder.path,
    env: { XDG_STATE_HOME: folder.path },
  })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^lr-view: .*\n$/)
  expect(stderr).toContain(message)
})

test('a run that a kill cut off is shown as far as it came', async () => {
  const { folder, path } = await viewRun([reply('two', ''), reply('four', '')])
  using _folder = folder
  const journal = readFileSync(join(path, 'journal.jsonl'), 'utf8').split('\n')
  writeFileSync(join(path, 'journal.jsonl'), journal.slice(0, 20).join('\n'))
  writeFileSync(join(path, '1/check.out'), '<<<< a.txt <<<<\ntrunc')
  const { status, stdout } = await run('lr-view', [path])
  expect(status).toBe(0)
  expect(stdout).toContain('cut short')
})
