import { bash, hasProgram, run, sampleOf, tempFolder } from '@loop-runner/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ESCAPES, WRITES } from './escapes.ts'
import { ESCAPING_CHILDREN, EVIL_CHILDREN } from './evil-children.ts'
import { parseSize } from '@loop-runner/sandbox'
import { contentOf, Prison, tryChild, UNTOUCHED } from './try-confinement.ts'

test.each([
  ['512M', 512 * 2 ** 20],
  ['4G', 4 * 2 ** 30],
  ['1.5k', 1536],
  ['10', 10],
  ['2GiB', 2 * 2 ** 30],
  ['none', undefined],
])('%s is %s bytes', (text, bytes) => {
  expect(parseSize(text, 'x')).toBe(bytes)
})

describe('limits', () => {
  test.each([
    ['memory', ['--memory', '200M'], 'node -e "const a = []; for (;;) a.push(Buffer.alloc(1e7, 1))"', /alloc|memory/i],
    ['the size of a file', ['--file-size', '1M'], 'head -c 3000000 /dev/zero > big || wc -c < big', /^1048576$/m],
    ['processor time', ['--timeout', '1s', '--sandbox', 'limits'], 'ulimit -t', /^\d+$/m],
    ['core files', [], 'ulimit -c', /^0$/m],
  ])('%s', async (_what, options, script, said) => {
    using folder = tempFolder()
    const { stdout } = await run('lr-check', [...options, '--', 'sh', '-c', script], { cwd: folder.path })
    expect(contentOf(stdout, 'stdout') + contentOf(stdout, 'stderr')).toMatch(said)
  })

  test('none are set under --sandbox none', async () => {
    const script = 'ulimit -d; ulimit -f'
    const outside = await bash(script)
    const { stdout } = await run('lr-check', ['--sandbox', 'none', '--', 'sh', '-c', script])
    expect(contentOf(stdout, 'stdout')).toBe(outside.stdout)
  })

  test('an invalid size is refused', async () => {
    const { status, stderr } = await run('lr-check', ['--memory', 'much', '--', 'true'])
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'lr-check: option --memory: "much" is not a size (for example 512M, 4G, none)\n',
    })
  })
})

test.skipIf(!hasProgram('setsid') || !hasProgram('ps')).concurrent.each(sampleOf(EVIL_CHILDREN, 3))(
  'a child that %s is over with its run (seen by ps)',
  async (_what, script) => {
    const { outcome, left } = await tryChild(script)
    expect(outcome).toMatch(/^(?:timeout|pass|fail|killed)$/)
    expect(left).toEqual([])
  },
)

const sandboxed = hasProgram('bwrap') && (await run('lr-check', ['--sandbox', 'strict', '--', 'true'])).status === 0

describe.skipIf(!sandboxed)('under --sandbox strict (needs a bubblewrap that works)', () => {
  let prison: Prison
  beforeAll(() => void (prison = new Prison(process.pid)))
  afterAll(() => prison[Symbol.dispose]())

  test.each(ESCAPES)('no check can %s', async (_what, script) => {
    const said = await prison.run(script)
    expect(contentOf(said, 'outcome'), said).toBe('fail\n')
    expect(await prison.outside()).toEqual(UNTOUCHED)
  })

  test.each(WRITES)('nothing comes of it to %s', async (_what, script) => {
    await prison.run(script)
    expect(await prison.outside()).toEqual(UNTOUCHED)
  })

  test.each(ESCAPING_CHILDREN)('a child that %s is over with its run', async (_what, script) => {
    expect(await tryChild(script, ['--sandbox', 'strict'])).toMatchObject({ outcome: 'pass', left: [] })
  })

  test('the tree can be written, temporary files too, and status and output come through', async () => {
    const script = 'echo b > a.txt && mktemp >/dev/null && mkdir sub && rmdir sub && echo out && echo err >&2 && exit 7'
    const { stdout } = await run('lr-check', ['--sandbox', 'strict', '--', 'sh', '-c', script], { cwd: prison.tree })
    expect([contentOf(stdout, 'status'), contentOf(stdout, 'stdout'), contentOf(stdout, 'stderr')]).toEqual([
      '7\n',
      'out\n',
      'err\n',
    ])
  })
})

test('strict without bubblewrap is an error, auto says so and goes on', async () => {
  using folder = tempFolder()
  const prepare = `mkdir bin && ln -s ${process.execPath} bin/node && ln -s "$(type -P true)" bin/true && lr=$(command -v lr-check) && PATH=$PWD/bin`
  const strict = await bash(`${prepare} && node "$lr" --sandbox strict -- true`, { cwd: folder.path })
  expect({ status: strict.status, stdout: strict.stdout }).toEqual({ status: 3, stdout: '' })
  expect(strict.stderr).toBe(
    'lr-check: --sandbox strict: bubblewrap is not installed (install bubblewrap, or choose --sandbox limits)\n',
  )
  using other = tempFolder()
  const auto = await bash(`${prepare} && node "$lr" --sandbox auto -- true`, { cwd: other.path })
  expect(auto.status).toBe(0)
  expect(auto.stderr).toBe('lr-check: no sandbox, only limits: bubblewrap is not installed\n')
})
