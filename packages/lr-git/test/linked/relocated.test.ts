import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bareEnvironment, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { callerOf, testRepository } from '../support/test-repository.ts'
import { pathRewriter } from '../../src/linked/path-rewriter.ts'
import { rewriteScript } from '../../src/linked/rewrite-script.ts'

const call = callerOf('git')

function python(file: string, ...args: string[]): string {
  return execFileSync(file, args, { env: bareEnvironment(), encoding: 'utf8' }).trim()
}

describe.skipIf(!hasProgram('git') || !hasProgram('python3'))('the environment of a fork (git)', () => {
  test('is its own: python, pip, activate, and packages installed from a folder of the tree', async () => {
    using outside = tempFolder()
    using repository = testRepository({ '.gitignore': '.venv/\n', 'src/own.py': 'HERE = __file__\n' })
    const [folder, alias] = [join(outside.path, 'a try'), join(outside.path, 'alias')]
    symlinkSync(repository.path, alias)
    python('python3', '-m', 'venv', join(alias, '.venv'))
    const site = python(
      join(repository.path, '.venv/bin/python'),
      '-c',
      'import site; print(site.getsitepackages()[0])',
    )
    writeFileSync(join(site, '__editable__.own-1.pth'), `${repository.path}/src\n`)
    expect(await call(repository, 'fork', [folder])).toMatchObject({ status: 0 })
    const [bin, environment] = [join(folder, '.venv/bin'), join(folder, '.venv')]
    expect(python(join(bin, 'python'), '-c', 'import sys; print(sys.prefix)')).toBe(environment)
    expect(python(join(bin, 'python'), '-c', 'import own; print(own.HERE)')).toBe(join(folder, 'src/own.py'))
    expect(python(join(bin, 'pip'), '--version')).toContain(`from ${environment}/`)
    expect(python('sh', '-c', '. "$0"; echo "$VIRTUAL_ENV"', join(bin, 'activate'))).toBe(environment)
    expect(readFileSync(join(environment, 'pyvenv.cfg'), 'utf8')).not.toContain(alias)
    expect(lstatSync(join(bin, 'pip')).mode & 0o111).toBe(0o111)
    // The original still works for itself.
    expect(python(join(repository.path, '.venv/bin/pip'), '--version')).toContain(alias)
  })

  test('links with an absolute target in the tree lead to the copy; a folder behind a link is not written', async () => {
    using outside = tempFolder({ 'bin/tool': 'x' })
    using repository = testRepository({ '.gitignore': 'env/\n', 'a.py': 'a\n' })
    const { path, write } = repository
    const folder = join(outside.path, 'try')
    mkdirSync(join(path, 'env'))
    write('env/pyvenv.cfg', `command = python3 -m venv ${path}/env\n`)
    writeFileSync(join(outside.path, 'bin/tool'), `#!${path}/env/bin/python\n`)
    symlinkSync(join(outside.path, 'bin'), join(path, 'env/bin'))
    symlinkSync(join(path, 'a.py'), join(path, 'env/a.py'))
    symlinkSync(`${path}-other`, join(path, 'env/other'))
    expect(await call(repository, 'fork', [folder])).toMatchObject({ status: 0 })
    expect(readFileSync(join(folder, 'env/pyvenv.cfg'), 'utf8')).toBe(`command = python3 -m venv ${folder}/env\n`)
    expect(readFileSync(join(outside.path, 'bin/tool'), 'utf8')).toBe(`#!${path}/env/bin/python\n`)
    const targets = ['a.py', 'other', 'bin'].map((name) => readlinkSync(join(folder, 'env', name)))
    expect(targets).toEqual([join(folder, 'a.py'), `${path}-other`, join(outside.path, 'bin')])
  })
})

const rewrite = pathRewriter(['/home/me/app'], '/tmp/try')

test.each([
  ['the folder itself', '/home/me/app', '/tmp/try'],
  ['what is in it', "x = '/home/me/app/src':/home/me/app", "x = '/tmp/try/src':/tmp/try"],
  ['a URL', 'file:///home/me/app/src', 'file:///tmp/try/src'],
  ['the end of a sentence', 'in /home/me/app.', 'in /tmp/try.'],
  ['a longer name', '/home/me/app-2 /home/me/app.old /home/me/apps', '/home/me/app-2 /home/me/app.old /home/me/apps'],
  ['the end of another path', '/mnt/home/me/app', '/mnt/home/me/app'],
])('rewrites paths: %s', (_what, text, expected) => {
  expect(rewrite(text)).toBe(expected)
})

test('rewrites paths with a blank and letters of other alphabets, in text and in URLs', () => {
  const other = pathRewriter(['/home/mé/my app'], '/tmp/ä b')
  const bytes = (text: string) => Buffer.from(text).toString('latin1')
  expect(other(bytes('/home/mé/my app/x file:///home/m%C3%A9/my%20app/x'))).toBe(
    bytes('/tmp/ä b/x file:///tmp/%C3%A4%20b/x'),
  )
})

test.each([
  ['a script of Python', '#!/home/me/app/.venv/bin/python3\nx\n', '#!/tmp/try/.venv/bin/python3\nx\n'],
  ['options', '#!/home/me/app/bin/python3.12 -I\nx\n', '#!/tmp/try/bin/python3.12 -I\nx\n'],
  ['another interpreter', '#!/home/me/app/bin/tool\nx\n', '#!/tmp/try/bin/tool\nx\n'],
  ['one elsewhere', '#!/usr/bin/python3\n# /home/me/app\n', '#!/usr/bin/python3\n# /tmp/try\n'],
])('rewrites scripts: %s', (_what, text, expected) => {
  expect(rewriteScript(text, rewrite)).toBe(expected)
})

test.each(['VIRTUAL_ENV=', '    export VIRTUAL_ENV=', 'setenv VIRTUAL_ENV ', 'set -gx VIRTUAL_ENV '])(
  'a path with a blank is quoted after %s',
  (start) => {
    const blank = pathRewriter(['/home/me/app'], '/tmp/a try')
    expect(rewriteScript(`x\n${start}/home/me/app/v\ny\n`, blank)).toBe(`x\n${start}'/tmp/a try/v'\ny\n`)
    expect(rewriteScript(`${start}"/home/me/app/v"\n`, blank)).toBe(`${start}"/tmp/a try/v"\n`)
    expect(rewriteScript(`${start}/home/me/app/v\n`, rewrite)).toBe(`${start}/tmp/try/v\n`)
  },
)

test.each([['/tmp/a try'], [`/tmp/${'long/'.repeat(25)}try`]])('a script starts from a folder such as %s', (to) => {
  const script = rewriteScript('#!/home/me/app/bin/python3 -I\nx\n', pathRewriter(['/home/me/app'], to))
  expect(script).toBe(`#!/bin/sh\n'''exec' "${to}/bin/python3" -I "$0" "$@"\n' '''\nx\n`)
})
