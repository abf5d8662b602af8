import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'
import type { Summary } from '../src/summary.ts'

const DRAFTS = [
  'A loop works on files.\n',
  'A loop works on files until a check passes.\n',
  '# Loops\n\nA loop works on files until a check passes. Its exit code says how it ended.\n',
]
const SCORE = ['lr-score', ...['loop', 'check', 'exit', 'ended'].flatMap((word) => ['--mention', word]), 'report.md']

async function refine(
  files: Readonly<Record<string, string>>,
  replies: readonly string[],
  options: readonly string[] = [],
) {
  const texts = Object.fromEntries(replies.map((text, index) => [`replies/${index + 1}.txt`, text]))
  using folder = tempFolder({ ...files, ...texts })
  const args = ['--no-git', '--json', '--run-dir=run', '--reply=text', '--model=replay:replies', ...options]
  const { status, stdout, stderr } = await run('lr-loop', [...args, 'report.md', '--', ...SCORE], { cwd: folder.path })
  const { reason, scores } = JSON.parse(stdout || '{}') as Partial<Summary>
  const prompts = replies.map((_reply, index) => join(folder.path, `run/${index + 1}/prompt.out`))
  return {
    status,
    reason,
    scores,
    text: readFileSync(join(folder.path, 'report.md'), 'utf8'),
    prompts: prompts.map((path) => readFileSync(path, 'utf8')),
    stderr,
  }
}

describe('--reply text with lr-score', () => {
  test.each([
    { title: 'a source that does not exist is made, and refined', files: {}, first: 0 },
    { title: 'a source that exists is refined', files: { 'report.md': 'Nothing yet.\n' }, first: 0 },
  ])('$title to its threshold, in three rounds', async ({ files, first }) => {
    const { prompts, stderr, ...so } = await refine(files, DRAFTS, ['--threshold=0.9'])
    expect(so, stderr).toEqual({ status: 0, reason: 'passed', scores: [first, 0.25, 0.5, 1], text: DRAFTS[2] })
    expect(prompts[1]).toContain('report.md: "check" is not mentioned')
    expect(prompts[2]).toContain('Reply with the whole new version of report.md')
  })

  test('a threshold ends it earlier; what a fence or a preface adds is not part of the text', async () => {
    const fenced = `\`\`\`markdown\n${DRAFTS[1]}\`\`\`\n`
    const { status, scores, text } = await refine({}, [fenced], ['--threshold=0.5'])
    expect({ status, scores, text }).toEqual({ status: 0, scores: [0, 0.5], text: DRAFTS[1] })
  })

  test('a text that got worse is taken back at the end', async () => {
    const { status, reason, text } = await refine({ 'report.md': 'x\n' }, [DRAFTS[1] ?? '', DRAFTS[0] ?? ''], ['-i2'])
    expect({ status, reason, text }).toEqual({ status: 1, reason: 'iterations', text: DRAFTS[1] })
  })
})
