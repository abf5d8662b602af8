import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bash, hasProgram, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'

const here = fileURLToPath(new URL('plan', import.meta.url))

describe('ask.sh', () => {
  const ask = (path: string, words: string) =>
    bash(`'${here}/ask.sh' 2 task.txt ${words}`, {
      cwd: path,
      env: { LR_MODEL: `exec:touch asked; echo '{"questions":["Which?","Why?"]}'` },
    })

  test('reads answers with any line ends; an empty one leaves the question out', async () => {
    using folder = tempFolder({ 'task.txt': 'A task.\n', answers: '\r\nbecause\r\n' })
    expect(await ask(folder.path, 'answers')).toMatchObject({ status: 0, stdout: 'A task.\n\nWhy?\nbecause\n' })
  })

  test('does not ask the model if the answers cannot be read', async () => {
    using folder = tempFolder({ 'task.txt': 'A task.\n' })
    expect(await ask(folder.path, 'absent')).toMatchObject({ status: 2, stdout: '' })
    expect((await bash('ls', { cwd: folder.path })).stdout).toBe('task.txt\n')
  })
})

describe.skipIf(!hasProgram('tsort'))('plan.sh', () => {
  const check = (name: string) =>
    `require('node:test')('${name}', () => require('node:assert').equal(require('../src/${name}.js'), '${name}'))\n`
  const write = `name=$(grep -o 'src/[ab]' | tail -n 1 | tail -c 2)
    echo "module.exports = '$name'" | lr-blocks wrap "src/$name.js"`
  const plan = (path: string) =>
    bash(`'${here}/plan.sh' task.md`, {
      cwd: path,
      env: {
        XDG_STATE_HOME: join(path, 'state'),
        model_plan: `exec:echo '{"steps":[{"step":"a","after":[]},{"step":"a","after":[]}]}'`,
        LR_MODEL: `exec:${write}`,
      },
    })

  test('does the steps that the model leaves out, and takes no other file for a step', async () => {
    using folder = tempFolder({
      'task.md': 'Two modules.\n',
      'test/a.test.js': check('a'),
      'test/b.test.js': check('b'),
      'test/helpers.js': '',
    })
    const ran = await plan(folder.path)
    expect(ran.status, ran.stderr).toBe(0)
    expect(ran.stdout.match(/"step":"\w+","status":\d/g)).toEqual(['"step":"a","status":0', '"step":"b","status":0'])
    expect((await bash('ls src', { cwd: folder.path })).stdout).toBe('a.js\nb.js\n')
  })

  test('a folder without tests is invalid usage', async () => {
    using folder = tempFolder({ 'task.md': 'Nothing.\n', 'test/helpers.js': '' })
    expect(await plan(folder.path)).toMatchObject({ status: 2, stderr: 'plan.sh: test: no file STEP.test.js\n' })
  })
})
