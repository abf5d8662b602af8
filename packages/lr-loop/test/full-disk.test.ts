import { expect, test } from 'vitest'
import { bash, tempFolder } from '@loop-runner/test-kit'

/** No file may grow beyond three blocks: the system refuses as it does where a disk is full. */
const LIMITED = "trap '' XFSZ; ulimit -f 3"

test.each([
  { full: '1/llm.err', llm: "yes '' | head -c 5000 >&2; cat a.txt" },
  { full: 'journal.jsonl', llm: 'echo "reply $LR_ITERATION" | lr-blocks wrap a.txt' },
])('a run whose $full cannot be written on ends with 3, and the lock of the tree is given back', async (row) => {
  using folder = tempFolder({ 'a.txt': 'zero\n' })
  const check = "sh -c 'tr 0-9 a-j < a.txt; exit 1'"
  const script = `(${LIMITED}; lr-loop -q --no-git --run-dir run --llm "$LLM" a.txt -- ${check} 2>&1 >&3 | grep ^lr-) 3>&1
    echo "status $?"; lr-loop -q --no-git --run-dir next --llm false a.txt -- true; echo "status $?"`
  const { stdout } = await bash(`set -o pipefail; ${script}`, { cwd: folder.path, env: { LLM: row.llm } })
  const [first, ...others] = stdout.split('\n')
  expect(first).toMatch(/^lr-loop: \S+: .*file too large/)
  expect(first).toContain(`/run/${row.full}: `)
  expect(others.filter((line) => line.startsWith('status'))).toEqual(['status 3', 'status 0'])
})

test('an agent is not started if the tree cannot be copied: the run ends with 3', async () => {
  using folder = tempFolder({ 'tree/a.txt': 'zero\n', 'tree/b.txt': 'b'.repeat(5000) })
  const script = `(${LIMITED}; lr-loop -q --no-git --run-dir ../run --agent 'touch ../started' a.txt -- grep -q good a.txt 2>&1 >&3) 3>&1; echo "status $?"`
  const { stdout } = await bash(`${script}; ls ..; grep -c '"reason": "error"' ../run/summary.json`, {
    cwd: `${folder.path}/tree`,
  })
  expect(stdout).toMatch(
    /^lr-loop: \S+\/run\/agent\/store\/\w+: file too large \(raise the limit, see ulimit -f\)\nstatus 3\nrun\ntree\n1\n$/,
  )
})

test('what an agent left and cannot be copied to the run folder is put back all the same, and told', async () => {
  using folder = tempFolder({ 'tree/a.txt': 'zero\n', 'tree/other.txt': 'theirs\n' })
  const agent = 'ulimit -f unlimited; head -c 90000 /dev/zero | tee other.txt > new.txt; echo good > a.txt'
  const script = `(trap '' XFSZ; ulimit -S -f 64; lr-loop --no-git --run-dir ../run --agent '${agent}' a.txt -- grep -q good a.txt); echo "status $?"; cat a.txt other.txt; ls; ls ../run/1/agent-left`
  const { stdout, stderr } = await bash(script, { cwd: `${folder.path}/tree` })
  const kept = (path: string) => `lr-loop: ${path}: no copy of the agent's version was kept: file too large`
  expect(stdout, stderr).toBe('status 0\ngood\ntheirs\na.txt\nother.txt\na.txt\n')
  expect(stderr).toContain(kept('new.txt'))
  expect(stderr).toContain(kept('other.txt'))
  expect(stderr).not.toContain('lr-loop: a.txt: no copy')
})
