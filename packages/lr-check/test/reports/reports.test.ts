import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import { expect, test } from 'vitest'
import { readFindings, writeFinding } from '@loop-runner/checkers'

const BAD = { 'a b.json': '{"a": 1,}\n', 'b.yaml': 'a: 1\n' }

test.each(['sarif', 'junit'])('--%s: what is written is read again as the same findings', async (format) => {
  using folder = tempFolder(BAD)
  const args = ['-c', 'json,yaml', '.', `--${format}`, 'report', '--', 'sh', '-c', 'exit 127']
  const { status, stdout } = await run('lr-check', args, { cwd: folder.path })
  expect(status).toBe(3)
  expect(stdout).not.toContain('<<<< findings <<<<')
  const report = readFileSync(join(folder.path, 'report'), 'utf8')
  const context = { cwd: folder.path, folder: '.', isFile: (path: string) => Object.hasOwn(BAD, path) }
  const found = readFindings({ stdout: report, stderr: '' }, undefined, context).map(writeFinding)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(/^a b\.json:1(?::8)?: error .*a comma before "}"\n$/)
})

test.skipIf(!hasProgram('xmllint'))('--junit is XML, whatever is printed (seen by xmllint)', async () => {
  using folder = tempFolder()
  const args = ['--raw', '--junit', 'report.xml', '--', 'printf', '<&">]]>\\001\\033[1m\\377\\000']
  await run('lr-check', args, { cwd: folder.path })
  expect(await run('xmllint', ['--noout', 'report.xml'], { cwd: folder.path })).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  })
  expect(readFileSync(join(folder.path, 'report.xml'), 'utf8')).toContain('tests="1" failures="0" errors="0"')
})

test('a report that cannot be written is an error', async () => {
  using folder = tempFolder(BAD)
  const { status, stderr } = await run('lr-check', ['b.yaml', '--sarif', 'no/where'], { cwd: folder.path })
  expect({ status, stderr }).toEqual({ status: 3, stderr: 'lr-check: no/where: no such file or directory\n' })
})

test('--new-only: findings in the baseline are ignored, wherever their lines have moved', async () => {
  using folder = tempFolder({ 'a.sh': '#!/bin/sh\nif then\n', 'b.sh': '#!/bin/sh\nif then\n' })
  const check = (...args: string[]) => run('lr-check', ['-c', 'bash-syntax', ...args], { cwd: folder.path })
  writeFileSync(join(folder.path, 'baseline'), (await check('--findings', 'a.sh')).stdout)
  writeFileSync(join(folder.path, 'a.sh'), '#!/bin/sh\n\n\nif then\n')
  const known = await check('--new-only', 'baseline', 'a.sh')
  expect(known.status).toBe(0)
  expect(known.stdout).toContain('<<<< stdout <<<<\n[… 2 known findings left out …]\n>>>>>>>>\n')
  const other = await check('--new-only', 'baseline', 'a.sh', 'b.sh')
  expect(other.status).toBe(1)
  const none = await check('--new-only', 'a.sh', 'a.sh')
  expect([none.status, none.stderr]).toEqual([
    2,
    'lr-check: a.sh: no findings block (write it by lr-check --findings)\n',
  ])
})
