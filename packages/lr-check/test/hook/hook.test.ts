import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, tempFolder } from '@loop-runner/test-kit'

/** A project whose check prints what says.txt holds, and passes if that is "good". */
function project(says = 'bad') {
  const folder = tempFolder({ 'tree/says.txt': `${says}\n` })
  const cwd = join(folder.path, 'tree')
  return {
    [Symbol.dispose]: () => folder[Symbol.dispose](),
    say: (text: string) => writeFileSync(join(cwd, 'says.txt'), `${text}\n`),
    async stop(input: object | string = {}, ...args: string[]) {
      const stdin = typeof input === 'string' ? input : JSON.stringify({ session_id: 's1', ...input })
      const command = ['--', 'sh', '-c', 'cat says.txt; grep -q good says.txt']
      const env = { XDG_STATE_HOME: join(folder.path, 'state') }
      return run('lr-check', ['--hook=claude', ...args, ...command], { cwd, env, stdin })
    },
  }
}

const BACK = { stop_hook_active: true }

describe('--hook', () => {
  test('a failure sends the agent back, with what fails on standard error; a pass lets it stop', async () => {
    using tree = project()
    expect(await tree.stop()).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^The check fails\. [^]*\$ sh -c '[^\n]*  \(fail\)\nbad\n$/) as string,
    })
    tree.say('good')
    expect(await tree.stop(BACK)).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  test('a failure that stays the same is named, and the third time ends it', async () => {
    using tree = project()
    expect((await tree.stop()).stderr).not.toContain('exactly as before')
    expect(await tree.stop(BACK)).toMatchObject({ status: 2, stderr: expect.stringContaining('exactly as before') })
    expect(await tree.stop(BACK)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^lr-check: the check failed 3 times in a row in the same way; .*\n\$ sh [^]*bad\n/,
      ),
    })
  })

  test('--hook-limit: after so many failures in a row the agent may stop; a prompt of the user starts the count again', async () => {
    using tree = project()
    const codes: number[] = []
    const stop = async (input: object) => {
      tree.say(`bad ${codes.length}`)
      codes.push((await tree.stop(input, '--hook-limit=2')).status)
    }
    for (const input of [{}, BACK, BACK, {}, BACK, {}, BACK]) await stop(input)
    expect(codes).toEqual([2, 2, 1, 2, 2, 2, 2])
  })

  test('sessions and checks are counted by themselves', async () => {
    using tree = project()
    const codes = []
    for (const session_id of ['a', 'b', 'c'])
      codes.push((await tree.stop({ ...BACK, session_id }, '--hook-limit=1')).status)
    expect(codes).toEqual([2, 2, 2])
  })

  test.each([
    ['not json', /not the JSON of a stop hook/],
    ['[]', /not the JSON of a stop hook/],
    [JSON.stringify({ hook_event_name: 'PreToolUse' }), /not a stop hook/],
  ])('input that is not of a stop hook never sends an agent back: %s', async (input, message) => {
    using tree = project()
    expect(await tree.stop(input)).toEqual({ status: 3, stdout: '', stderr: expect.stringMatching(message) as string })
  })

  test('without a reliable result the agent may stop, and the reason is printed', async () => {
    using tree = project()
    const ran = await run('lr-check', ['--hook=codex', '--', 'no-such-program'], { stdin: '{}' })
    expect(ran).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('no-such-program: not found') })
    expect(await tree.stop({}, '--watch')).toMatchObject({ status: 3, stdout: '' })
  })

  test('without a state folder an agent is sent back once', async () => {
    using tree = project()
    const command = ['--hook=codex', '--', 'sh', '-c', 'exit 1']
    const env = { XDG_STATE_HOME: '/dev/null' }
    expect((await run('lr-check', command, { stdin: '{}', env })).status).toBe(2)
    expect(await run('lr-check', command, { stdin: JSON.stringify(BACK), env })).toMatchObject({ status: 1 })
    expect(await tree.stop()).toMatchObject({ status: 2 })
  })
})
