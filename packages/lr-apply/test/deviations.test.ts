import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@loop-runner/test-kit'
import { type DeviationCode, DEVIATIONS } from '@loop-runner/reply-format'
import { describe, expect, test } from 'vitest'
import type { Row } from './support/deviation-row.ts'
import { EDITS, FILES, FOREIGN } from './support/deviations-beyond.ts'
import { CONTENT, DECLARED, SEVERAL } from './support/deviations-of-content.ts'
import { AROUND, CLOSERS, NAMES } from './support/deviations-of-form.ts'
import { planIn } from './support/plan-in.ts'

const ROWS: Readonly<Record<string, Row[]>> = {
  'around the blocks': AROUND,
  'opener and name': NAMES,
  closer: CLOSERS,
  content: CONTENT,
  'several blocks': SEVERAL,
  'the phrase': DECLARED,
  edits: EDITS,
  'other forms': FOREIGN,
  files: FILES,
}

/** What nothing is noted of, because there is nothing to say. */
const SILENT = new Set<DeviationCode>([
  'prose',
  'fence-around-reply',
  'fence-around-block',
  'edit',
  'unchanged',
  'echoed',
  'declared',
  'declared-loosely',
  'not-declared',
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
    makeOddFiles(folder.path)
    const plan = await planIn(folder.path, row.reply, row.operands, row.options)
    const written = Object.fromEntries(plan.changes.map(({ path, next }) => [path, next?.bytes.toString() ?? null]))
    expect(written).toEqual(row.writes ?? {})
    expect(plan.unchanged).toEqual(row.leaves ?? [])
    const refused = plan.rejected.filter(({ code }) => code === row.code)
    if (row.refuses === undefined) {
      expect(plan.rejected).toEqual([])
      if (row.leftTo !== undefined) expect(DEVIATIONS[row.code].what).toContain(`${row.leftTo} will say`)
      else if (!SILENT.has(row.code)) expect(plan.noted.map(({ code }) => code)).toContain(row.code)
    } else {
      expect(refused.map(({ path }) => path ?? null)).toContain(row.refuses)
      for (const { message } of plan.rejected) expect(message).toMatch(/^\S[^\n]+$/)
    }
    expect(plan.reply.declared).toBe(row.declares)
    if (row.explains !== undefined) expect(plan.reply.explanation).toBe(row.explains)
  })
})

function makeOddFiles(folder: string): void {
  mkdirSync(join(folder, 'real'))
  symlinkSync('real', join(folder, 'link'))
  writeFileSync(join(folder, 'linked.ts'), 'old\n')
  linkSync(join(folder, 'linked.ts'), join(folder, 'real/other.ts'))
  writeFileSync(join(folder, 'fixed.ts'), 'old\n')
  chmodSync(join(folder, 'fixed.ts'), 0o444)
  writeFileSync(join(folder, 'latin.ts'), Buffer.from('caf\xe9\n', 'latin1'))
}

test('every deviation has its row', () => {
  const shown = new Set(Object.values(ROWS).flatMap((rows) => rows.map(({ code }) => code)))
  const codes = Object.keys(DEVIATIONS) as DeviationCode[]
  // It takes another program, between the plan and the writing.
  expect(codes.filter((code) => !shown.has(code))).toEqual(['changed-meanwhile'])
  expect(Object.values(DEVIATIONS).flatMap((deviation) => ('number' in deviation ? deviation.number : []))).toEqual(
    Array.from({ length: 86 }, (_, index) => index + 1),
  )
})
