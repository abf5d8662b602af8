import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@loop-runner/cli-kit/testing'
import { type DeviationCode, DEVIATIONS } from '@loop-runner/reply-format'
import { describe, expect, test } from 'vitest'
import type { Row } from './testing/deviation-row.ts'
import { CONTENT, DECLARED, SEVERAL } from './testing/deviations-of-content.ts'
import { AROUND, CLOSERS, NAMES } from './testing/deviations-of-form.ts'
import { planIn } from './testing/plan-in.ts'

const ROWS: Readonly<Record<string, Row[]>> = {
  'around the blocks': AROUND,
  'opener and name': NAMES,
  closer: CLOSERS,
  content: CONTENT,
  'several blocks': SEVERAL,
  'the phrase': DECLARED,
}

/** What nothing is noted of, because there is nothing to say. */
const SILENT = new Set<DeviationCode>([
  'prose',
  'fence-around-reply',
  'fence-around-block',
  'edit',
  'unchanged',
  'declared',
  'declared-loosely',
  'not-declared',
  'declared-with-blocks',
  'line-ends',
])

describe.each(Object.entries(ROWS))('%s', (_, rows) => {
  test.each(rows)('$code: $reply', async (row) => {
    using folder = tempFolder({
      'a.ts': 'old\n',
      'b.ts': 'old\n',
      'src/c.ts': 'old\n',
      '.gitignore': 'dist/\n',
      'nested/.git/HEAD': 'ref: refs/heads/main\n',
      ...row.files,
    })
    mkdirSync(join(folder.path, 'real'))
    symlinkSync('real', join(folder.path, 'link'))
    const plan = await planIn(folder.path, row.reply, row.operands, row.options)
    const written = Object.fromEntries(plan.changes.map(({ path, next }) => [path, next?.bytes.toString()]))
    expect(written).toEqual(row.writes ?? {})
    const refused = plan.rejected.filter(({ code }) => code === row.code)
    if (row.refuses === undefined) {
      expect(plan.rejected).toEqual([])
      if (!SILENT.has(row.code)) expect(plan.noted.map(({ code }) => code)).toContain(row.code)
    } else {
      expect(refused.map(({ path }) => path ?? null)).toContain(row.refuses)
      for (const { message } of plan.rejected) expect(message).toMatch(/^\S[^\n]+$/)
    }
    expect(plan.reply.declared).toBe(row.declares)
    if (row.explains !== undefined) expect(plan.reply.explanation).toBe(row.explains)
  })
})

test('every deviation has its row', () => {
  const shown = new Set(Object.values(ROWS).flatMap((rows) => rows.map(({ code }) => code)))
  const others: DeviationCode[] = [
    // The check's to say, or the loop's.
    'wrong-language',
    'echoed',
    'declared-early',
    // With tests of their own.
    'edit-broken',
    'edit-not-found',
    'edit-ambiguous',
    'edit-blanks',
    'bad-name',
    'hard-link',
    'read-only',
    'changed-meanwhile',
  ]
  expect(
    Object.keys(DEVIATIONS)
      .filter((code) => !shown.has(code as DeviationCode))
      .sort(),
  ).toEqual(others.sort())
  expect(Object.values(DEVIATIONS).flatMap((deviation) => ('number' in deviation ? deviation.number : []))).toEqual(
    Array.from({ length: 86 }, (_, index) => index + 1),
  )
})
