import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import type { Summary } from '../src/summary.ts'

/** Numbers in a.txt: the shown check wants a 1, the hidden one a 2, too. */
const SHOWN = ['--', 'grep', '-q', '1', 'a.txt']
const HIDDEN = '#!/bin/sh\n# canary-of-hidden\ngrep -q 2 a.txt || { echo canary-of-output; exit 1; }\n'

interface Case {
  readonly replies: readonly string[]
  readonly status: number
  readonly reason: string
  readonly iterations: number
  readonly options?: readonly string[]
  readonly sources?: readonly string[]
}

async function loop({ replies, options = [], sources = ['a.txt'] }: Case) {
  const files = { 'tree/a.txt': '0\n', 'tree/hidden/check.sh': HIDDEN, 'tree/hidden/expected.txt': 'canary-of-data\n' }
  const texts = replies.map((text, index) => [`replies/${index + 1}.txt`, text])
  using folder = tempFolder({ ...files, ...Object.fromEntries(texts) })
  const cwd = join(folder.path, 'tree')
  await bash('chmod +x hidden/check.sh; git init -q -b main && git add -A && git commit -qm start', { cwd })
  const args = ['--json', '--run-dir=../run', '--model=replay:../replies', '--confirm=hidden/check.sh', ...options]
  const { status, stdout, stderr } = await run('lr-loop', [...args, ...sources, ...SHOWN], { cwd })
  const summary = JSON.parse(stdout || '{}') as Partial<Summary>
  const stages = readdirSync(join(folder.path, 'run'), { recursive: true, encoding: 'utf8' })
  const prompts = stages
    .filter((name) => /prompt\.(in|out)$/.test(name))
    .map((name) => readFileSync(join(folder.path, 'run', name), 'utf8'))
  const check = readFileSync(join(cwd, 'hidden/check.sh'), 'utf8')
  return { status, reason: summary.reason, iterations: summary.iterations, stderr, prompts, check }
}

const write = (text: string, path = 'a.txt') => `<<<< ${path} <<<<\n${text}\n>>>>>>>>\nDone.\n`

describe.skipIf(!hasProgram('git'))('--confirm (git)', () => {
  test.each<[string, Case]>([
    ['both pass', { replies: [write('1 2')], status: 0, reason: 'passed', iterations: 1 }],
    [
      'the hidden one passes with the second reply',
      { replies: [write('1'), write('1 2')], status: 0, reason: 'passed', iterations: 2 },
    ],
    [
      'it fails three times',
      {
        replies: ['1', '1 a', '1 b', '1 2'].map((text) => write(text)),
        status: 1,
        reason: 'unconfirmed',
        iterations: 3,
      },
    ],
    [
      'the model has no more to say',
      { replies: [write('1'), 'No.\n', 'No.\n'], status: 1, reason: 'unconfirmed', iterations: 3 },
    ],
    [
      'a folder of sources holds its files',
      { replies: [write('1'), write('1 2')], sources: ['.'], status: 0, reason: 'passed', iterations: 2 },
    ],
    [
      'the last reply is the last iteration',
      { replies: [write('1')], options: ['-i1'], status: 1, reason: 'iterations', iterations: 1 },
    ],
  ])('%s', async (_title, expected) => {
    const { stderr, prompts, ...so } = await loop(expected)
    const { status, reason, iterations } = expected
    expect(so, stderr).toEqual({ status, reason, iterations, check: HIDDEN })
    expect(prompts.join('')).not.toMatch(/canary-of-|hidden\/check|\$ hidden/)
    if (iterations > 1) expect(prompts.at(-1)).toContain('hidden cases fail')
  })

  test('a hidden check that does not end in time fails, and says so, before the first request and after a reply', async () => {
    const options = ['--confirm=sleep 60', '--check-timeout=1s', '-i1']
    const { stderr, ...so } = await loop({ replies: [write('1')], options, status: 1, reason: '', iterations: 1 })
    expect(so, stderr).toMatchObject({ status: 1, reason: 'iterations' })
    expect(stderr).toMatch(/^lr-loop: the hidden check did not end in time \(--check-timeout\)\n[^]*asking the model/m)
    expect(stderr).toContain('the hidden check fails: it did not end in time (--check-timeout)\n')
    expect(so.prompts.join('')).not.toContain('in time')
  })

  test('a reply that rewrites the hidden check is refused', async () => {
    const replies = [write('1') + write('exit 0', 'hidden/check.sh'), write('1'), 'No.\n', 'No.\n']
    const { status, check, stderr } = await loop({ replies, sources: ['.'], status: 1, reason: '', iterations: 0 })
    expect({ status, check }, stderr).toEqual({ status: 1, check: HIDDEN })
  })

  test('a hidden check that cannot run is found out before the first request', async () => {
    const options = ['--confirm=hidden/missing.sh']
    const { status, prompts, stderr } = await loop({
      replies: ['not asked for'],
      options,
      status: 3,
      reason: '',
      iterations: 0,
    })
    expect({ status, prompts }, stderr).toEqual({ status: 3, prompts: [] })
  })
})
