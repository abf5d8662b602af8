import { statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '@loop-runner/cli-kit'
import { run, tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import { limitArguments, parseSize } from '../src/confinement/limits.ts'

describe('parseSize', () => {
  test.each([
    ['none', undefined],
    ['0', 0],
    ['1000', 1000],
    ['1k', 1024],
    ['512M', 512 * 2 ** 20],
    ['1.5G', 1.5 * 2 ** 30],
    ['2 GiB'.replace(' ', ''), 2 * 2 ** 30],
    [' 4GB ', 4 * 2 ** 30],
    ['1T', 2 ** 40],
  ])('%j', (text, bytes) => {
    expect(parseSize(text, 'option --memory')).toBe(bytes)
  })

  test.each(['', '-1', '1X', '1 G', 'G', '1e9', '0x10', 'None', '1.', '１G'])('refuses %j', (text) => {
    expect(() => parseSize(text, 'option --memory')).toThrow(UsageError)
    expect(() => parseSize(text, 'option --memory')).toThrow('option --memory: ')
  })
})

describe('limitArguments', () => {
  const NO_LIMITS = { memoryBytes: undefined, fileBytes: undefined, cpuSeconds: 60 }

  test.each([
    { what: 'blanks and quotes', args: ['a b', `"'$HOME`, ''] },
    { what: 'what looks like a limit', args: ['-c=1', '--', '-f=0'] },
    { what: 'newlines', args: ['a\nb'] },
  ])('passes the arguments of the command as they are: $what', async ({ args }) => {
    const print = 'console.log(JSON.stringify(process.argv.slice(1)))'
    const ran = await run('sh', limitArguments([process.execPath, '-e', print, '--', ...args], NO_LIMITS))
    expect(JSON.parse(ran.stdout)).toEqual(args)
  })

  test('passes the exit code', async () => {
    expect(await run('sh', limitArguments(['sh', '-c', 'exit 7'], NO_LIMITS))).toMatchObject({ status: 7 })
  })

  test('a file cannot become longer', async () => {
    using folder = tempFolder()
    const command = ['sh', '-c', 'head -c 100000 /dev/zero > out']
    const ran = await run('sh', limitArguments(command, { ...NO_LIMITS, fileBytes: 4096 }), { cwd: folder.path })
    expect(ran.status).not.toBe(0)
    expect(statSync(join(folder.path, 'out')).size).toBe(4096)
  })

  test('no core file is written', async () => {
    expect((await run('sh', limitArguments(['sh', '-c', 'ulimit -c'], NO_LIMITS))).stdout).toBe('0\n')
  })
})
