import { describe, expect, test } from 'vitest'
import { type Files, guarded } from '../support/guarded-tree.ts'

const TESTS = `
#[cfg(test)]
mod tests {
    #[test]
    fn adds() {
        assert_eq!(super::add(1, 2), 3);
    }
}
`
const lib = (code: string, tests = TESTS) => `${code}\n${tests}`
const CODE = 'pub fn add(a: i32, b: i32) -> i32 { a - b }'
const FILES: Files = {
  'src/lib.rs': lib(CODE),
  'tests/add.rs': '#[test]\nfn adds() { assert_eq!(calc::add(1, 2), 3); }\n',
}
const CHEAT: Files = { 'src/lib.rs': lib(CODE, TESTS.replace(', 3)', ', -1)')) }
const LINE = 'lr-check: tampered: src/lib.rs: its tests changed (the one at line 5 at first)'

describe('tests that stand in a source', () => {
  test.each<[string, Parameters<typeof guarded>[0], string]>([
    ['another expectation', { does: CHEAT }, LINE],
    [
      'another expectation, in a source that is named',
      { args: ['--allow-named', 'src/lib.rs', 'src'], does: CHEAT },
      LINE,
    ],
    ['another expectation, with comments that silence', { args: ['--allow-suppressions', 'src'], does: CHEAT }, LINE],
    ['no source', { does: 'rm src/lib.rs' }, 'lr-check: tampered: src/lib.rs: its tests changed (the one at line'],
    [
      'a macro that hides an assertion',
      { does: { 'src/lib.rs': lib(`macro_rules! assert_eq { ($($t:tt)*) => {{ }} }\n${CODE}`) } },
      'lr-check: tampered: src/lib.rs: macro of assertions replaced: 0 at first, 1 now',
    ],
    [
      'another expectation that the check writes',
      { does: { 'src/b.py': 'x\n' }, check: ['--', 'sh', '-c', '[ ! -s src/b.py ] || sed -i "s/, 3/, 0/" src/lib.rs'] },
      LINE,
    ],
  ])('are tampered with: %s', async (_, row, line) => {
    const { second, outcomes } = await guarded({ ...row, files: { ...FILES, ...row.files } })
    expect({ status: second.status, outcomes }, second.stderr).toEqual({ status: 3, outcomes: ['error: tampered'] })
    expect(second.stderr).toContain(line)
    expect(second.stdout).toContain(line)
  })

  test.each<[string, Parameters<typeof guarded>[0]]>([
    ['a repair', { does: { 'src/lib.rs': lib(CODE.replace('-', '+')) } }],
    ['another expectation, allowed', { again: ['--allow', 'src/lib.rs', 'src'], does: CHEAT }],
    ['another expectation, with a new record', { again: ['--renew-guard', 'src'], does: CHEAT }],
    [
      'another file of tests that is named',
      { args: ['--allow-named', 'src', 'tests/add.rs'], does: { 'tests/add.rs': '' } },
    ],
    [
      'examples of Python that are not run',
      { files: { 'src/c.py': '"""\n>>> 1\n2\n"""\n' }, does: { 'src/c.py': '' } },
    ],
  ])('are not tampered with: %s', async (_, row) => {
    const { second, outcomes } = await guarded({ ...row, files: { ...FILES, ...row.files } })
    expect({ status: second.status, outcomes }, second.stderr).toEqual({ status: 0, outcomes: ['pass'] })
  })

  test('are not guarded if the check itself writes them, which it says', async () => {
    const check = [
      '--',
      'sh',
      '-c',
      'date +%N > stamp; sed -i "s/, [0-9]*)/, $(date +%s%N))/" src/lib.rs; cargo fmt --version || :',
    ]
    const { first } = await guarded({ files: FILES, check, does: {} })
    expect(first.stderr).toContain(
      'lr-check: src/lib.rs: its tests are not guarded, because the check itself changes them',
    )
  })
})
