import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasProgram, run, sampleOf } from '@loop-runner/test-kit'
import { agentRepository, CANARY, FILES, FIX } from '../support/agent-repository.ts'

/** What may not have changed, whatever the agent did. */
const UNTOUCHED = {
  'other.txt': FILES['tree/other.txt'],
  'tests/test_a.sh': FILES['tree/tests/test_a.sh'],
  '.env': 'MINE=1\n',
}

interface Probe {
  readonly title: string
  readonly agent: string
  readonly status: number
  readonly options?: readonly string[]
  /** In the feedback of the next prompt, or in what the run reports of the reply. */
  readonly told?: RegExp
}

const PROBES: readonly Probe[] = [
  { title: 'works', agent: FIX, status: 0 },
  { title: 'only says that it is done', agent: 'echo "All tests pass now."', status: 1 },
  {
    title: 'deletes a test',
    agent: 'rm tests/test_a.sh',
    status: 1,
    told: /tests\/test_a\.sh: not a file that may change/,
  },
  {
    title: 'rewrites a test, and works',
    agent: `echo 'exit 0' > tests/test_a.sh; ${FIX}`,
    status: 0,
    told: /tests\/test_a\.sh/,
  },
  {
    title: 'edits outside, makes and deletes files there',
    agent: `echo x > other.txt; echo y > new.txt; rm .env; ${FIX}`,
    status: 0,
    told: /new\.txt: not a file that may change/,
  },
  {
    title: 'hangs',
    agent: `trap '' TERM; echo bad > src/a.txt; sleep 600`,
    options: ['--agent-timeout=2s'],
    status: 1,
    told: /stopped at its time limit/,
  },
  {
    title: 'spawns a daemon',
    // The agent ends only when the daemon has left its process group.
    agent: `up=$(mktemp -u); setsid sh -c "touch $up; sleep 600" > /dev/null 2>&1 & until [ -e "$up" ]; do sleep 0.05; done; rm "$up"; ${FIX}`,
    status: 0,
    told: /left processes running/,
  },
  {
    title: 'commits by itself',
    agent: `${FIX}; git add -A; git commit -qm own`,
    status: 0,
    told: /refs\/heads\/\S+: moved/,
  },
  {
    title: 'switches branches',
    agent: `git switch -qc mine; ${FIX}; git commit -qam own`,
    status: 0,
    told: /HEAD: moved/,
  },
  { title: 'deletes a branch', agent: `git branch -qD side; ${FIX}`, status: 0, told: /refs\/heads\/side: deleted/ },
  {
    title: 'prints a key',
    agent: `echo "key $OPENAI_API_KEY" | tee /dev/stderr; ${FIX}`,
    status: 0,
    told: /printed a key/,
  },
  {
    title: 'writes a key into a source',
    agent: 'echo "$OPENAI_API_KEY" > src/b.txt',
    status: 1,
    told: /holds the value of OPENAI_API_KEY/,
  },
  {
    title: 'installs a hook',
    agent: `printf '#!/bin/sh\\ntouch ../pwned\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit; ${FIX}`,
    status: 0,
    told: /hooks\/pre-commit/,
  },
  {
    title: 'replaces a folder by a link',
    agent: `rm -r tests; ln -s /tmp tests; ${FIX}`,
    status: 0,
    told: /tests\/test_a\.sh/,
  },
]

describe.skipIf(!hasProgram('git'))('--agent (git)', () => {
  test.concurrent.each(sampleOf(PROBES, 3))('an agent that $title', async ({ agent, status, options = [], told }) => {
    using repo = await agentRepository()
    const { summary, stderr, ...so } = await repo.loop(agent, '-i3', ...options)
    expect(so, stderr).toEqual({ status })
    for (const [path, text] of Object.entries(UNTOUCHED)) expect(repo.read(path), path).toBe(text)
    expect(repo.read('new.txt')).toBeUndefined()
    expect(await repo.sh('git rev-parse --abbrev-ref HEAD; git status --porcelain; git rev-parse main side')).toMatch(
      /^(lr\/\S+|main)\n(\w{40})\n\2$/,
    )
    expect(await repo.sh('git log --format=%s main..HEAD | grep -c own')).toBe('0')
    expect(await repo.sh(`ls ../pwned 2> /dev/null; grep -rl ${CANARY} ../run . 2> /dev/null`)).toBe('')
    expect(await repo.sh('grep -la LR_AGENT_OF=$(realpath ../run) /proc/[0-9]*/environ 2> /dev/null')).toBe('')
    if (told) expect(JSON.stringify(summary.rounds) + repo.readRun('1/agent.json')).toMatch(told)
    if (status === 0) expect(repo.read('src/a.txt')).toBe('good\n')
  })

  test.each([
    { does: 'ends with an exit code', agent: 'exit 1', options: [], reason: 'no-new-versions' },
    { does: 'is stopped', agent: 'sleep 600', options: ['--agent-timeout=1s'], reason: 'no-new-versions' },
    { does: 'makes a stash', agent: `${FIX}; git stash -q`, options: [], reason: 'no-new-versions' },
    { does: 'cannot do it', agent: 'echo "blocked: no way"; exit 1', options: [], reason: 'blocked' },
    { does: 'edits outside', agent: 'echo x > other.txt', options: ['-i3'], reason: 'iterations' },
  ])('an agent that changes nothing ends the run: it $does', async ({ agent, options, reason }) => {
    using repo = await agentRepository()
    const { status, summary, stderr } = await repo.loop(agent, ...options)
    expect({ status, reason: summary.reason }, stderr).toEqual({ status: 1, reason })
    expect(stderr).not.toContain('refused: -:')
  })

  test('its words are in FIXES.md, its files byte for byte in a commit, with their modes', async () => {
    using repo = await agentRepository()
    const text = '```\\r\\n# ... rest of the file\\r\\n<<<< x <<<<\\r\\n```'
    const agent = `printf '${text}' > src/new.txt; echo '#!/bin/sh' > src/run.sh; chmod +x src/run.sh; rm src/b.txt; ${FIX}`
    expect(await repo.loop(agent)).toMatchObject({ status: 0 })
    expect(repo.read('src/new.txt')).toBe(text.replaceAll('\\r', '\r').replaceAll('\\n', '\n'))
    expect(repo.read('FIXES.md')).toContain('I made it good.')
    expect(await repo.sh('git ls-files -s src | awk "{ print \\$1, \\$4 }"; test -x src/run.sh && echo runs')).toBe(
      '100644 src/a.txt\n100644 src/new.txt\n100755 src/run.sh\nruns',
    )
    expect(
      await repo.sh('lr-git abandon -q > ../abandoned; git status --porcelain; cat src/a.txt src/b.txt; ls src'),
    ).toBe('zero\nb\na.txt\nb.txt')
  })

  test('it gets the prompt on standard input, with the findings and the files that may change', async () => {
    using repo = await agentRepository()
    await repo.loop(`cat > ../prompt; ${FIX}`)
    const prompt = await repo.sh('cat ../prompt')
    expect(prompt).toContain('src/a.txt')
    expect(prompt).toContain('Only these may change, and files in them if they are folders: src.')
    expect(prompt).not.toContain('>>>>>>>>\nWhy')
  })

  test('without git: lr-apply --undo takes it back', async () => {
    using repo = await agentRepository(false)
    expect(await repo.loop(`echo x > other.txt; ${FIX}`)).toMatchObject({ status: 0 })
    expect(repo.read('other.txt')).toBe('theirs\n')
    await repo.sh('lr-apply --undo')
    expect(repo.read('src/a.txt')).toBe('zero\n')
  })

  test.each<[string, string, readonly string[], object]>([
    [
      'codex',
      `echo '{"type":"item.completed","item":{"type":"agent_message","text":"Fixed it."}}'; echo '{"type":"turn.completed","usage":{"input_tokens":100,"cached_input_tokens":0,"output_tokens":20}}'`,
      [],
      { tokens: 120 },
    ],
    [
      'claude',
      `echo '{"type":"result","result":"Fixed it.","total_cost_usd":0.25,"usage":{"input_tokens":7,"output_tokens":3}}'`,
      [],
      { tokens: 10, cost: 0.25 },
    ],
    [
      'a pattern',
      `echo 'Tokens: 1.5k sent, 500 received. Cost: $0.01 message'`,
      ['--usage-from=Tokens: (?<input>\\S+) sent, (?<output>\\S+) received.*Cost: (?<cost>\\S+)'],
      { tokens: 2000, cost: 0.01 },
    ],
  ])('usage of %s', async (_name, prints, options, usage) => {
    using repo = await agentRepository()
    const { summary } = await repo.loop(`echo good > src/a.txt; ${prints}`, ...options)
    expect(summary.usage).toMatchObject(usage)
  })

  test('a limit of tokens that an agent without a report cannot hold is reported', async () => {
    using repo = await agentRepository()
    const { status, stderr } = await repo.loop(FIX, '--max-total-tokens=9')
    expect(status, stderr).toBe(0)
    expect(stderr).toContain('no usage is reported, so --max-total-tokens cannot hold')
  })

  test('interrupted: the tree is put back, and a resumed run starts the agent again', async () => {
    using repo = await agentRepository()
    const agent =
      'echo half > src/a.txt; echo x > other.txt; touch ../held; until [ -e ../go ]; do sleep 0.05; done; echo good > src/a.txt'
    const script = `lr-loop --run-dir=../run --agent="$AGENT" src -- sh tests/test_a.sh 2> ../log & pid=$!
      until [ -e ../held ]; do sleep 0.05; done; kill -$1 $pid; wait $pid; echo $?`
    const stop = (signal: string) =>
      run('bash', ['-c', script, 'bash', signal], { cwd: repo.cwd, env: { ...repo.env, AGENT: agent } })
    expect((await stop('TERM')).stdout.trim()).toBe('143')
    expect([repo.read('src/a.txt'), repo.read('other.txt')]).toEqual(['zero\n', 'theirs\n'])
    expect(repo.readRun('1/agent-left/src/a.txt')).toBe('half\n')
    await repo.sh('touch ../go')
    expect(await run('lr-loop', ['--resume', '../run'], { cwd: repo.cwd, env: repo.env })).toMatchObject({ status: 0 })
    expect([repo.read('src/a.txt'), repo.read('other.txt')]).toEqual(['good\n', 'theirs\n'])
  })

  test('kill -9: --resume puts the tree back first', async () => {
    using repo = await agentRepository()
    const agent =
      '[ -e ../go ] || { echo half > src/a.txt; echo x > other.txt; git checkout -qb foo; touch ../held; sleep 600; }; echo good > src/a.txt'
    const script = `lr-loop --run-dir=../run --agent="$AGENT" src -- sh tests/test_a.sh 2> ../log & pid=$!
      until [ -e ../held ]; do sleep 0.05; done; kill -9 $pid; touch ../go`
    await run('bash', ['-c', script], { cwd: repo.cwd, env: { ...repo.env, AGENT: agent } })
    expect(await run('lr-loop', ['--resume', '../run'], { cwd: repo.cwd, env: repo.env })).toMatchObject({ status: 0 })
    expect([repo.read('src/a.txt'), repo.read('other.txt')]).toEqual(['good\n', 'theirs\n'])
  })

  test.each(['> nohup.out 2>&1', '2> run.log'])('the log of the loop in the tree stays: %s', async (output) => {
    using repo = await agentRepository()
    const options = `--run-dir=../run --agent='echo x > other.txt; ${FIX}' src -- sh tests/test_a.sh`
    expect(await repo.sh(`lr-loop ${options} ${output}; echo $?`)).toBe('0')
    expect(await repo.sh('cat nohup.out run.log')).toMatch(
      /^lr-loop: sources[^]*other\.txt: not a file that may change; it was put back\n(?!.*put back)[^]*passed: /,
    )
  })

  test('attempts each have their own tree', async () => {
    using repo = await agentRepository()
    const agent = '[ $LR_ATTEMPT = 2 ] && echo good > src/a.txt || echo bad > src/a.txt'
    const { status, stderr } = await repo.loop(agent, '--attempts=2', '-i1')
    expect(status, stderr).toBe(0)
    expect(stderr).not.toContain('asking the model')
    expect(repo.read('src/a.txt')).toBe('good\n')
  })

  test.each([
    { options: ['--llm=cat'], message: '--llm: cannot be used with --agent' },
    { options: ['--model=groq'], message: '--model: cannot be used with --agent' },
    { options: ['--usage-from=('], message: '--usage-from: ' },
    { options: ['--usage-from=tokens: (.*)'], message: '--usage-from: none of its groups is named' },
    { options: ['--agent= '], message: '--agent: expected a command' },
  ])('refused: $options', async ({ options, message }) => {
    using repo = await agentRepository()
    const { status, stderr } = await repo.loop('true', ...options)
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) as string })
  })

  test('an agent that is not installed is found out before anything is made', async () => {
    using repo = await agentRepository()
    const { status, stderr } = await repo.loop('no-such-agent exec -')
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: expect.stringContaining('no-such-agent: not found on PATH') as string,
    })
    expect(existsSync(join(repo.cwd, '../run'))).toBe(false)
  })
})
