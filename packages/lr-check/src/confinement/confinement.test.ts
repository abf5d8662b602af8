import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { isBlock, parseStream } from '@loop-runner/block-format'
import { bash, hasProgram, run, tempFolder } from '@loop-runner/cli-kit/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseSize } from './limits.ts'

/** What a block of a run holds. */
function contentOf(stdout: string, name: string): string {
  const block = parseStream(stdout).find((part) => isBlock(part) && part.name === name)
  return block && isBlock(block) ? block.content : ''
}

test.each([
  ['512M', 512 * 2 ** 20],
  ['4G', 4 * 2 ** 30],
  ['1.5k', 1536],
  ['10', 10],
  ['2GiB', 2 * 2 ** 30],
  ['none', undefined],
])('%s is %s bytes', (text, bytes) => {
  expect(parseSize(text, 'x')).toBe(bytes)
})

describe('limits', () => {
  test.each([
    ['memory', ['--memory', '200M'], 'node -e "const a = []; for (;;) a.push(Buffer.alloc(1e7, 1))"', /alloc|memory/i],
    ['the size of a file', ['--file-size', '1M'], 'head -c 3000000 /dev/zero > big || wc -c < big', /^1048576$/m],
    ['processor time', ['--timeout', '1s', '--sandbox', 'limits'], 'ulimit -t', /^\d+$/m],
    ['core files', [], 'ulimit -c', /^0$/m],
  ])('%s', async (_what, options, script, said) => {
    using folder = tempFolder()
    const { stdout } = await run('lr-check', [...options, '--', 'sh', '-c', script], { cwd: folder.path })
    expect(contentOf(stdout, 'stdout') + contentOf(stdout, 'stderr')).toMatch(said)
  })

  test('none are set under --sandbox none', async () => {
    const script = 'ulimit -d; ulimit -f'
    const outside = await bash(script)
    const { stdout } = await run('lr-check', ['--sandbox', 'none', '--', 'sh', '-c', script])
    expect(contentOf(stdout, 'stdout')).toBe(outside.stdout)
  })

  test('a size that is none is refused', async () => {
    const { status, stderr } = await run('lr-check', ['--memory', 'much', '--', 'true'])
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'lr-check: option --memory: "much" is not a size (for example 512M, 4G, none)\n',
    })
  })
})

/** Children that try not to end. Each is to be over when lr-check is. */
const EVIL = [
  ['ignores signals', "trap '' TERM INT HUP; while :; do sleep 1; done"],
  ['calls setsid', 'setsid sleep 600'],
  ['leaves a daemon', '(setsid sleep 600 &) ; exit 0'],
  ['forks twice', '( ( sleep 600 & ) & ) ; exit 0'],
  ['has job control', 'set -m; sleep 600 & exit 0'],
  ['holds the output', 'setsid sh -c "sleep 600" & exit 0'],
  ['stops itself', 'kill -STOP $$'],
  ['ignores signals in a session of its own', `setsid sh -c "trap '' TERM INT HUP; while :; do sleep 1; done"`],
  ['starts anew when it is asked to end', "trap 'setsid sleep 600 &' TERM; while :; do sleep 1; done"],
  ['spins in many processes', 'for i in 1 2 3 4; do (while :; do :; done) & done; wait'],
  ['reads its input', 'cat; read x; sleep 600'],
  ['floods', 'yes'],
  ['floods without a newline', 'cat /dev/zero'],
  ['closes its output', 'exec >&- 2>&-; sleep 600'],
  ['forks and forks', 'n=0; while [ $n -lt 100 ]; do sleep 600 & n=$((n+1)); done; wait'],
  ['kills its group', 'sleep 600 & kill 0'],
  ['wants a terminal', 'exec < /dev/tty; sleep 600'],
  ['sleeps below a shell below a shell', 'sh -c "sh -c \\"sleep 600; true\\"; true"; true'],
  ['ends at once', 'exit 0'],
  ['hides its arguments', 'exec -a lr-nothing sleep 600'],
] as const

test.skipIf(!hasProgram('setsid') || !hasProgram('ps')).concurrent.each(EVIL)(
  'a child that %s is over with its run (seen by ps)',
  async (_what, script) => {
    using folder = tempFolder()
    const mark = `evil-${folder.path.split('-').at(-1)}`
    const args = ['--timeout', '700ms', '--pass-env', 'EVIL', '--', 'bash', '-c', script]
    const { stdout } = await run('lr-check', args, { cwd: folder.path, env: { EVIL: mark } })
    expect(contentOf(stdout, 'outcome')).toMatch(/^(?:timeout|pass|fail|killed)\n$/)
    const left = await bash(
      `grep -lzs '^EVIL=${mark}$' /proc/[0-9]*/environ | cut -d/ -f3 | xargs -r ps -o stat=,args= -p`,
    )
    expect(left.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('Z'))).toEqual([])
  },
)

/** Ways to change what is outside the tree: they may seem to work, for temporary folders are the sandbox's own. */
const WRITES = [
  ['write beside the tree', 'echo x > ../lr-escape'],
  ['append to a file outside', 'echo x >> "$OUTER/outside.txt"'],
  ['truncate a file outside', ': > "$OUTER/outside.txt"'],
  ['remove a file outside', 'rm -f "$OUTER/outside.txt"'],
  ['change a mode outside', 'chmod 777 "$OUTER/outside.txt"'],
  ['change a time outside', 'touch "$OUTER/outside.txt"'],
  ['rename a file outside', 'mv "$OUTER/outside.txt" "$OUTER/moved.txt"'],
  ['write through a link', 'ln -s "$OUTER/outside.txt" link && echo x > link'],
  ['write through a hard link', 'ln "$OUTER/outside.txt" hard && echo x > hard'],
  ['write through the parent', 'echo x > "/proc/$PPID/cwd/../outside.txt"'],
  ['leave something in /tmp', 'echo x > "/tmp/lr-escape-$OUTSIDER"'],
  ['outlive the run', 'setsid sh -c "sleep 2; touch late" >/dev/null 2>&1 &'],
] as const

/** Ways out of the sandbox. Each ends with 0 only when it has come out. */
const ESCAPES = [
  ['write to the root', 'echo x > /lr-escape'],
  ['write to /etc', 'echo x > /etc/lr-escape'],
  ['write to /usr/local', 'echo x > /usr/local/bin/lr-escape'],
  ['write through /proc/self/root', 'echo x > /proc/self/root/etc/lr-escape'],
  ['write through /proc/1/root', 'echo x > /proc/1/root/etc/lr-escape'],
  ['read the home', 'cat "$HOME/secret"'],
  ['read the home by its list', 'ls -A "$HOME" | grep -q secret'],
  ['write a hook', 'echo x > .git/hooks/pre-commit'],
  ['write the configuration of git', 'echo x >> .git/config'],
  ['move .git away', 'mv .git .git2'],
  ['remove .git', 'rm -rf .git && [ ! -d .git ]'],
  ['mount over', 'mount -t tmpfs none /etc'],
  ['remount the root', 'mount -o remount,rw /'],
  ['unmount the tree', 'umount "$PWD"'],
  ['a user namespace', 'unshare -U true'],
  ['a mount namespace', 'unshare -m true'],
  ['enter another namespace', 'nsenter -t 1 -m true && nsenter --target 1 --net true'],
  ['chroot', 'chroot / true'],
  ['make a device', 'mknod sda b 8 0'],
  ['read the memory of the machine', 'head -c 1 /dev/mem'],
  ['see other processes', '[ "$(ls -d /proc/[0-9]* | wc -l)" -gt 12 ]'],
  ['kill the one outside', 'kill -0 "$OUTSIDER"'],
  ['reach a server on loopback', 'exec 3<> /dev/tcp/127.0.0.1/"$PORT"'],
  ['reach the network', 'exec 3<> /dev/tcp/1.1.1.1/53'],
  ['talk to docker', '[ -S /var/run/docker.sock ] || [ -S /run/docker.sock ]'],
  ['talk to the session', 'ls /run/user/* 2>/dev/null | grep -q .'],
  ['find a socket in /tmp', 'find /tmp -type s 2>/dev/null | grep -q .'],
  ['set the clock', 'date -s "2000-01-01"'],
  ['change the name of the machine', 'hostname lr-escape && [ "$(cat /proc/sys/kernel/hostname)" != "$(uname -n)" ]'],
  ['write a kernel setting', 'echo 1 > /proc/sys/kernel/sysrq'],
  ['write a setting of the kernel by /sys', 'echo 1 > /sys/kernel/mm/ksm/run'],
] as const

const sandboxed = hasProgram('bwrap') && (await run('lr-check', ['--sandbox', 'strict', '--', 'true'])).status === 0

describe.skipIf(!sandboxed)('under --sandbox strict (needs a bubblewrap that works)', () => {
  let outer: ReturnType<typeof tempFolder>
  beforeAll(() => {
    outer = tempFolder({ 'outside.txt': 'untouched\n', 'home/secret': 'secret\n', 'tree/a.txt': 'a\n' })
    mkdirSync(join(outer.path, 'tree/.git/hooks'), { recursive: true })
    writeFileSync(join(outer.path, 'tree/.git/config'), '')
    return () => outer[Symbol.dispose]()
  })

  test.each(ESCAPES)('nobody can %s', async (_what, script) => {
    const said = await runInTree(script)
    expect(contentOf(said, 'outcome'), said).toBe('fail\n')
    expect(await outside()).toEqual(UNTOUCHED)
  })

  test.each(WRITES)('nothing comes of it to %s', async (_what, script) => {
    await runInTree(script)
    expect(await outside()).toEqual(UNTOUCHED)
  })

  const UNTOUCHED = ['untouched', '.:', 'home', 'outside.txt', 'tree', '', 'tree:', '.git', 'a.txt', '0']

  async function runInTree(script: string): Promise<string> {
    const server = createServer().listen(0, '127.0.0.1')
    const address = server.address()
    const env = {
      HOME: join(outer.path, 'home'),
      OUTER: outer.path,
      OUTSIDER: String(process.pid),
      PORT: String(typeof address === 'object' ? address?.port : 0),
    }
    const cwd = join(outer.path, 'tree')
    const { stdout, stderr } = await run('lr-check', ['--sandbox', 'strict', '--', 'bash', '-c', script], { cwd, env })
    server.close()
    rmSync(join(cwd, 'link'), { force: true })
    return stdout + stderr
  }

  async function outside(): Promise<string[]> {
    const look = 'cat outside.txt; ls -A . tree; ls -A / /etc /usr/local/bin /tmp | grep -c "^lr-escape"'
    const { stdout } = await bash(look, { cwd: outer.path })
    return stdout.trimEnd().split('\n')
  }

  test('the tree can be written, temporary files too, and status and output come through', async () => {
    const script = 'echo b > a.txt && mktemp >/dev/null && mkdir sub && rmdir sub && echo out && echo err >&2 && exit 7'
    const cwd = join(outer.path, 'tree')
    const { stdout } = await run('lr-check', ['--sandbox', 'strict', '--', 'sh', '-c', script], { cwd })
    expect([contentOf(stdout, 'status'), contentOf(stdout, 'stdout'), contentOf(stdout, 'stderr')]).toEqual([
      '7\n',
      'out\n',
      'err\n',
    ])
  })
})

test('strict without bubblewrap is an error, auto says so and goes on', async () => {
  using folder = tempFolder()
  const prepare = `mkdir bin && ln -s ${process.execPath} bin/node && ln -s "$(type -P true)" bin/true && lr=$(command -v lr-check) && PATH=$PWD/bin`
  const strict = await bash(`${prepare} && node "$lr" --sandbox strict -- true`, { cwd: folder.path })
  expect({ status: strict.status, stdout: strict.stdout }).toEqual({ status: 3, stdout: '' })
  expect(strict.stderr).toBe(
    'lr-check: --sandbox strict: bubblewrap is not installed (install bubblewrap, or choose --sandbox limits)\n',
  )
  using other = tempFolder()
  const auto = await bash(`${prepare} && node "$lr" --sandbox auto -- true`, { cwd: other.path })
  expect(auto.status).toBe(0)
  expect(auto.stderr).toBe('lr-check: no sandbox, only limits: bubblewrap is not installed\n')
})
