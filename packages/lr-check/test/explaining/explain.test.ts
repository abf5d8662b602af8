import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { BUILT_IN_CHECKERS } from '@loop-runner/checkers'

test('what --explain prints is what lr.yaml takes', async () => {
  const { status, stdout } = await run('lr-check', ['--explain', 'jsonlint'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/^# found: built in\n/)
  expect(parse(stdout)).toEqual({ checkers: { json: BUILT_IN_CHECKERS['json'] } })
  using folder = tempFolder({ 'lr.yaml': stdout, 'a.json': '{}' })
  expect((await run('lr-check', ['-c', 'json', 'a.json'], { cwd: folder.path })).status).toBe(0)
})

test.skipIf(!hasProgram('bash'))('--explain says which version it found (of bash)', async () => {
  const { stdout } = await run('lr-check', ['--explain', 'bash-syntax'])
  expect(stdout).toMatch(/^# found: bash \d+\.\d+\.\d+\n# install: /)
})

test('--explain of an unknown name', async () => {
  const { status, stderr } = await run('lr-check', ['--explain', 'yamlint'])
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'lr-check: unknown checker "yamlint": did you mean yamllint? (see --list)\n',
  })
})

test('--doctor says what runs for the sources, and how to get what is missing', async () => {
  using folder = tempFolder({ 'a.json': '', Dockerfile: '', 'a.js': '', 'a.txt': '' })
  const { status, stdout } = await run('lr-check', ['--doctor', 'a.json', 'Dockerfile', 'a.js', 'a.txt'], {
    cwd: folder.path,
  })
  expect(stdout).toContain('json:\n  * json          built in\n')
  expect(stdout).toMatch(/^dockerfile:\n {2}. hadolint {6}/m)
  expect(stdout).toMatch(/^javascript:\n {2}\* node-syntax {3}node \d+\.\d+\.\d+\n/m)
  expect(status).toBe(hasProgram('hadolint') && hasProgram('oxlint') ? 0 : 1)
})

test('--doctor says what lr.yaml and -c would run, and what keeps it from running', async () => {
  const configuration = 'checks:\n  tests: nope --quick\nlayers:\n  - [json]\n  - tests\n'
  using folder = tempFolder({ 'a.json': '', 'lr.yaml': configuration })
  const said = (args: readonly string[]) => run('lr-check', ['--doctor', ...args, 'a.json'], { cwd: folder.path })
  expect(await said([])).toMatchObject({
    status: 1,
    stdout: 'layer 1:\n  lr-check -c json a.json\nlayer 2:\n  nope --quick  # nope: not found\n',
  })
  expect(await said(['-c', 'json'])).toMatchObject({ status: 0, stdout: '  lr-check -c json a.json\n' })
  expect(await said(['-c', 'shellcheck'])).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/  # .*shellcheck/),
  })
})

test('--schema is a JSON Schema of what the configuration holds', async () => {
  const { stdout } = await run('lr-check', ['--schema'])
  const schema = JSON.parse(stdout) as { properties: Record<string, unknown> }
  expect(Object.keys(schema.properties)).toEqual(['checkers', 'checks', 'layers'])
})
