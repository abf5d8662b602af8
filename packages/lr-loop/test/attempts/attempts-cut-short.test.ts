import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bash, hasProgram } from '@loop-runner/test-kit'
import {
  type AttemptsRepository,
  attemptsRepository,
  CHECK,
  model,
  NO_TRACES,
  reply,
} from '../support/attempts-repository.ts'

/** Each attempt answers once, and waits for the file `go` before its second answer. */
function waitingModel({ path }: AttemptsRepository, last: string): string {
  const note = `echo $LR_ATTEMPT.$LR_ITERATION >> ${path}/calls`
  const wait = `${note}; until [ -e ${path}/go ]; do sleep 0.05; done`
  const first = (score: string) => `${note}; ${reply(score)}`
  return model({
    '1.1': first('0.5'),
    '2.1': first('0.4'),
    '1.2': `${wait}; ${reply(last)}`,
    '*': `${wait}; ${reply('0.3$LR_ITERATION')}`,
  })
}

const callsOf = ({ path }: AttemptsRepository) => readFileSync(join(path, 'calls'), 'utf8').trim().split('\n').sort()

/** Begins three attempts, two at once, and ends the loop by a signal when both wait. */
async function cutShort(repository: AttemptsRepository, signal: string, llm: string): Promise<string> {
  const { stdout } = await bash(
    `lr-loop --attempts 3 -j2 --run-dir ../run --llm "$LLM" score.txt -- sh -c "$CHECK" 2> ../log & pid=$!
    until grep -qs 1.2 ../calls && grep -qs 2.2 ../calls; do sleep 0.05; done
    kill -${signal} $pid; wait $pid; echo $?`,
    {
      cwd: repository.tree,
      env: { LLM: llm, CHECK: CHECK.at(-1) ?? '', XDG_STATE_HOME: join(repository.path, 'state') },
    },
  )
  return stdout.trim()
}

describe.skipIf(!hasProgram('git'))('attempts that are cut short (git)', () => {
  test('an interrupt leaves nothing behind, and no answer is asked for again', async () => {
    using repository = await attemptsRepository()
    expect(await cutShort(repository, 'INT', waitingModel(repository, '1'))).toBe('130')
    expect(await repository.traces()).toBe(NO_TRACES)
    expect(JSON.parse(readFileSync(join(repository.run, 'summary.json'), 'utf8'))).toMatchObject({
      reason: 'interrupted',
      attempts: [{ reason: 'stopped' }, { reason: 'stopped' }],
    })
    writeFileSync(join(repository.path, 'go'), '')
    const { status, summary, score } = await repository.loop(['--resume', repository.run])
    expect({ status, score }).toEqual({ status: 0, score: '1' })
    expect(summary).toMatchObject({ iterations: 2, scores: [0.2, 0.5, 1] })
    expect(callsOf(repository).filter((call) => call.endsWith('.1') && call !== '3.1')).toEqual(['1.1', '2.1'])
    expect((await repository.git('rev-list --reverse main..HEAD')).split('\n')).toEqual(summary.commits)
    expect(await repository.traces()).toBe(NO_TRACES)
  })

  test.skipIf(process.platform !== 'linux')(
    'kill -9: --resume waits for the answers that are under way, and goes on (Linux)',
    async () => {
      using repository = await attemptsRepository()
      expect(await cutShort(repository, 'KILL', waitingModel(repository, '1'))).toBe('137')
      expect(await repository.traces()).toMatch(/^working trees: 3\n[^]*processes: \S/)
      const resumed = bash('sleep 1; touch ../go', { cwd: repository.tree })
      const { status, summary, score } = await repository.loop(['--resume', repository.run])
      await resumed
      expect({ status, score }).toEqual({ status: 0, score: '1' })
      expect(summary).toMatchObject({ iterations: 2, scores: [0.2, 0.5, 1] })
      expect(callsOf(repository)).toEqual([...new Set(callsOf(repository))])
      expect(await repository.traces()).toBe(NO_TRACES)
    },
  )

  test.skipIf(process.platform !== 'linux')('kill -9: the next loop takes away what is left (Linux)', async () => {
    using repository = await attemptsRepository()
    await cutShort(repository, 'KILL', waitingModel(repository, '1'))
    const next = ['--run-dir', '../next', '--llm', `m() { ${reply(1)}; }; m`, ...CHECK]
    expect(await repository.loop(next)).toMatchObject({ status: 0, score: '1' })
    expect(await repository.traces()).toBe(NO_TRACES)
  })

  test('kill -9: what is left asks the model no further', async () => {
    using repository = await attemptsRepository()
    await cutShort(repository, 'KILL', waitingModel(repository, '0.6'))
    writeFileSync(join(repository.path, 'go'), '')
    const summaries = ['run-1', 'run-2'].map((name) => join(repository.run, 'attempts', name, 'summary.json'))
    await bash(`until [ -e ${summaries.join(' ] && [ -e ')} ]; do sleep 0.05; done`)
    for (const summary of summaries) {
      expect(JSON.parse(readFileSync(summary, 'utf8'))).toMatchObject({ status: 4, reason: 'error', iterations: 2 })
    }
    expect(callsOf(repository)).toEqual(['1.1', '1.2', '2.1', '2.2'])
  })
})
