import { describe, expect, test } from 'vitest'
import { guarded } from '../support/guarded-tree.ts'

const ADDED = { 'src/a.py': 'import sys\nright = 1 if sys.argv else 2\n' }

describe('suspicious code that was not there at first', () => {
  test('is reported, and does not change the result', async () => {
    const { second, outcomes } = await guarded({ does: ADDED })
    const line = 'lr-check: suspicious: src/a.py: asking who calls, or how it was started: 0 at first, 1 now\n'
    expect(second.stderr).toContain(line)
    expect(second.stdout).toContain(line)
    expect([second.status, outcomes]).toEqual([0, ['pass']])
  })

  test('is inconclusive with --strict', async () => {
    const { second, outcomes } = await guarded({ args: ['--strict', 'src'], does: ADDED })
    expect(second.stdout).toContain('lr-check: tampered: suspicious: src/a.py: asking who calls')
    expect([second.status, outcomes]).toEqual([3, ['error: tampered']])
  })

  test.for([['--allow-suppressions'], []])('is not reported with %s, or if it only moves', async (args) => {
    const files = args.length === 0 ? { 'src/b.py': ADDED['src/a.py'] } : {}
    const does = args.length === 0 ? { ...ADDED, 'src/b.py': '' } : ADDED
    const { second } = await guarded({ args: [...args, 'src'], files, does })
    expect(second.stderr).not.toContain('suspicious')
  })
})
