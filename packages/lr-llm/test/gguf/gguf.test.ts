import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, tempFolder } from '@loop-runner/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeGguf } from '../support/make-gguf.ts'
import { type Service, startService } from '../support/start-service.ts'

/** The folder that has node-llama-cpp: .ci/run installs it outside the checkout. */
const library = process.env['LR_TEST_LLAMA']
const WORDS = [' the', ' quick', ' brown', ' fox', '.']
const folder = tempFolder({
  'fox.gguf': makeGguf({ words: WORDS }),
  'endless.gguf': makeGguf({ words: [' on', ' and'], isEndless: true, context: 256 }),
})
const fox = join(folder.path, 'fox.gguf')
const endless = join(folder.path, 'endless.gguf')
afterAll(() => folder[Symbol.dispose]())

describe('without the library', () => {
  test.each([
    { title: 'a missing library', model: `gguf:${fox}`, status: 3, says: /npm install -g node-llama-cpp/ },
    { title: 'no file', model: 'gguf:none.gguf', status: 3, says: /none\.gguf: no such file/ },
    { title: 'another file', model: 'gguf:/etc/passwd', status: 3, says: /passwd: not a GGUF file/ },
    { title: 'a path', model: fox, status: 3, says: /npm install/ },
    { title: 'no name', model: 'gguf:', status: 2, says: /which file/ },
  ])('$title: $status', async ({ model, status, says }) => {
    const ran = await run('lr-llm', ['-q', '-m', model, 'hi'])
    expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) as string })
  })

  test('files and effort are refused, a dry run sends nothing', async () => {
    expect(await run('lr-llm', ['-m', fox, '-a', fox, 'hi'])).toMatchObject({ status: 2 })
    expect(await run('lr-llm', ['-m', fox, '--body', 'a=1', 'hi'])).toMatchObject({ status: 2 })
    expect(await run('lr-llm', ['-q', '-m', fox, '--effort', 'low', 'hi'])).toMatchObject({ status: 3 })
  })

  test('models lists the files of LR_MODELS_DIR and CODEGEN_MODEL_PATH', async () => {
    const env = { LR_MODELS_DIR: folder.path, CODEGEN_MODEL_PATH: fox, OLLAMA_HOST: '127.0.0.1:9' }
    const stdout = `gguf:${endless}\t-\t-\ngguf:${fox}\t-\t-\n`
    expect(await run('lr-llm', ['models', '-m', 'gguf'], { env })).toEqual({ status: 0, stdout, stderr: '' })
    const wide = await run('lr-llm', ['models', 'fox'], { env })
    expect(wide).toMatchObject({
      status: 0,
      stdout: `gguf:${fox}\t-\t-\n`,
      stderr: expect.stringContaining('no key') as string,
    })
  })
})

describe.skipIf(library === undefined)('with node-llama-cpp (LR_TEST_LLAMA)', () => {
  const env = { NODE_PATH: library ?? '' }

  test('one call: the answer, its tokens, its end', async () => {
    const ran = await run('lr-llm', ['-m', 'gguf:fox', '--usage', '-t', '0', 'hi there'], {
      env: { ...env, LR_MODELS_DIR: folder.path },
    })
    expect(ran).toMatchObject({ status: 0, stderr: '' })
    expect(ran.stdout).toMatch(/^the quick brown fox\.\n<<<< usage <<<<\n.*"input":\d+,"output":\d+/)
  })

  test('a broken file is 3', async () => {
    const broken = join(folder.path, 'broken.gguf')
    writeFileSync(broken, readFileSync(fox).subarray(0, 20_000))
    const ran = await run('lr-llm', ['-q', '-m', broken, 'hi'], { env })
    expect(ran).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('cannot be loaded') as string })
  })

  describe('kept in memory by serve', () => {
    let service: Service
    let other: Service
    beforeAll(async () => {
      service = await startService(['-q', '-m', fox], env)
      other = await startService(['-q', '-m', endless], env)
    })
    afterAll(async () => {
      await service.stop()
      await other.stop()
    })
    const ask = (url: string, args: readonly string[], stdin = 'hi') =>
      run('lr-llm', ['-q', '--retries', '0', '--url', url, '-t', '0', ...args], { stdin })

    test.each([
      { title: 'an answer', args: [], stdout: 'the quick brown fox.\n' },
      { title: 'a system prompt', args: ['-s', 'be brief'], stdout: 'the quick brown fox.\n' },
      { title: 'stop', args: ['--stop', ' fox'], stdout: 'the quick brown\n' },
      { title: 'a seed', args: ['-t', '1', '--seed', '7', '--schema', '{"enum":["red"]}'], stdout: '"red"\n' },
      {
        title: 'a schema',
        args: [
          '--schema',
          '{"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"],"additionalProperties":false}',
        ],
        stdout: /^\{\s*"ok":\s*(true|false)\s*\}\n$/,
      },
    ])('$title', async ({ args, stdout }) => {
      const ran = await ask(service.url, args)
      expect(ran).toEqual({
        status: 0,
        stdout: typeof stdout === 'string' ? stdout : expect.stringMatching(stdout),
        stderr: '',
      })
    })

    test.each([
      { title: 'cut by --max-tokens', args: ['--max-tokens', '4'], stdin: 'hi', status: 5, says: /token limit/ },
      { title: 'the context full', args: [], stdin: 'hi', status: 5, says: /context is full/ },
      {
        title: 'a prompt that is too long',
        args: [],
        stdin: 'word '.repeat(300),
        status: 6,
        says: /the model allows 256/,
      },
    ])('$title is $status', async ({ args, stdin, status, says }) => {
      const ran = await ask(other.url, args, stdin)
      expect(ran).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(says) as string })
    })

    test('two at once, and a client that leaves, disturb no other', async () => {
      const asked = ['one', 'two', 'three'].map((prompt) => ask(service.url, [], prompt))
      const leaving = run('timeout', ['0.5', 'true']).then(() => ask(service.url, ['--timeout', '1ms'], 'gone'))
      expect((await Promise.all(asked)).map(({ stdout }) => stdout)).toEqual(
        Array.from({ length: 3 }, () => 'the quick brown fox.\n'),
      )
      expect((await leaving).status).toBe(4)
      expect((await ask(service.url, [])).stdout).toBe('the quick brown fox.\n')
    })
  })
})
