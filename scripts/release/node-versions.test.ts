import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { CACHE_PROBE } from '../build/cache-probe.ts'
import { allPrograms } from '../programs.ts'

// Other versions of Node: LR_TEST_NODES names their programs, separated by colons (.ci/run installs 22, 24 and 26).
const given = (process.env['LR_TEST_NODES'] ?? '').split(':').filter((path) => existsSync(path))
const nodes = given.length === 0 ? ['no other Node'] : given
const onNode = test.runIf(given.length > 0)

onNode.for(nodes)('every program starts on %s, from the second time on with a code cache', async (node) => {
  using folder = tempFolder({ 'probe.cjs': CACHE_PROBE })
  const env = environmentOf(node, folder.path)
  for (const name of allPrograms) {
    expect(await run(name, ['--help'], { env }), name).toMatchObject({ status: 0, stderr: '' })
    const probed = { ...env, NODE_OPTIONS: `--require=${join(folder.path, 'probe.cjs')}` }
    expect((await run(name, ['--help'], { env: probed })).stderr, name).toMatch(/cache: accepted$/)
  }
})

onNode.for(nodes)('a loop repairs a file on %s, and its second start has code caches', async (node) => {
  using folder = tempFolder({
    'a.txt': 'broken\n',
    reply: '<<<< a.txt <<<<\nright\n>>>>>>>>\n',
    'probe.cjs': CACHE_PROBE,
  })
  const env = environmentOf(node, folder.path)
  const loop = ['-q', '--no-git', '-m', 'exec:cat reply', 'a.txt', '--', 'grep', '-q', 'right', 'a.txt']
  expect(await run('lr-loop', loop, { cwd: folder.path, env })).toEqual({ status: 0, stdout: '', stderr: '' })
  const probed = { ...env, NODE_OPTIONS: `--require=${join(folder.path, 'probe.cjs')}` }
  const again = await run('lr-loop', loop, { cwd: folder.path, env: probed })
  expect(again).toMatchObject({ status: 0, stderr: expect.stringMatching(/cache: accepted,accepted$/) as string })
})

function environmentOf(node: string, home: string): Record<string, string> {
  return { PATH: `${dirname(node)}:${process.env['PATH'] ?? ''}`, HOME: home, XDG_STATE_HOME: home }
}
