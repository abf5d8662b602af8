import { describe, expect, test } from 'vitest'
import { guarded } from '../support/guarded-tree.ts'

describe('a source with such a name', () => {
  const check = ['--', 'sh', '-c', 'grep -qrf tests/one.txt src && python3 -c ""']
  test('may change if it was there at first', async () => {
    const does = { 'src/types.py': 'right\n' }
    const { second } = await guarded({ check, files: { 'src/types.py': '' }, does })
    expect(second.stderr).not.toContain('tampered')
  })

  test('must not appear', async () => {
    const { second } = await guarded({ check, does: { 'src/types.py': 'right\n' } })
    expect(second.stderr).toContain('tampered: src/types.py: new')
  })

  test('may appear if the call names it, or --allow does', async () => {
    const does = { 'src/types.py': 'right\n' }
    const { second } = await guarded({ check, args: ['--allow', 'types.py', 'src'], does })
    expect(second.stderr).not.toContain('tampered')
  })
})
