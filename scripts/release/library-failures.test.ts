// What the library throws, with the programs of the checkout.
import { join } from 'node:path'
import { tempFolder } from '@loop-runner/test-kit'
import { describe, expect, test } from 'vitest'
import {
  check,
  LlmClient,
  LLMWrangler,
  LoopFailure,
  ProgramFailure,
  runLoop,
} from '../../packages/library/src/index.ts'

const FILES = { 'a.txt': 'broken\n' }
const LOOP = {
  sources: ['a.txt'],
  checkCommand: ['grep', '-q', 'right', 'a.txt'],
  model: 'exec:sleep 600',
  noGit: true,
}

describe('a program that has no result', () => {
  test.each<[what: string, options: { cwd?: string; sources?: string[] }, status: number, problem: string]>([
    ['no such folder', { cwd: 'none' }, 2, 'cwd: FOLDER/none: not a folder'],
    ['a file as folder', { cwd: 'a.txt' }, 2, 'cwd: FOLDER/a.txt: not a folder'],
    ['a NUL character', { sources: ['a\0b'] }, 2, '"./a\\u0000b": contains a NUL character'],
    ['an argument that is too long', { sources: ['x'.repeat(3_000_000)] }, 3, 'not started: E2BIG'],
  ])('%s: an exit code and a message', async (_what, options, status, problem) => {
    using folder = tempFolder(FILES)
    const cwd = join(folder.path, options.cwd ?? '')
    const message = problem.replace('FOLDER', folder.path)
    const checked = check({ sources: ['a.txt'], checkCommand: ['true'], ...options, cwd })
    await expect(checked).rejects.toBeInstanceOf(ProgramFailure)
    await expect(checked).rejects.toMatchObject({ status, message: `lr-check: ${message}` })
    const run = runLoop({ ...LOOP, ...options, cwd })
    for await (const event of run) expect(event).toBeUndefined()
    await expect(run.summary).rejects.toBeInstanceOf(LoopFailure)
    await expect(run.summary).rejects.toMatchObject({ status, message: `lr-loop: ${message}` })
  })

  test('a loop that is aborted tells how to continue it', async () => {
    using folder = tempFolder(FILES)
    const run = runLoop({ ...LOOP, cwd: folder.path, env: { XDG_STATE_HOME: join(folder.path, '.state') } })
    let path: string | undefined
    for await (const event of run) {
      if (event.event === 'began') path = event.run
      if (event.event === 'started' && event.stage === 'llm') run.abort()
    }
    const message = `lr-loop: interrupted (lr-loop --resume ${path} continues it)`
    await expect(run.summary).rejects.toMatchObject({ name: 'LoopFailure', status: 130, message })
  })

  test('a loop whose signal was aborted before is interrupted', async () => {
    using folder = tempFolder(FILES)
    const run = runLoop({ ...LOOP, cwd: folder.path, signal: AbortSignal.abort() })
    await expect(run.summary).rejects.toMatchObject({ status: 130, message: 'lr-loop: interrupted' })
  })
})

test('LlmClient is another name of LLMWrangler', () => expect(LlmClient).toBe(LLMWrangler))
