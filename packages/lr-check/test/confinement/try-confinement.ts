import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { isBlock, parseStream } from '@loop-runner/block-format'
import { bash, run, tempFolder } from '@loop-runner/test-kit'

/** The content of a block of a run; empty if not found. */
export function contentOf(stdout: string, name: string): string {
  const block = parseStream(stdout).find((part) => isBlock(part) && part.name === name)
  return block && isBlock(block) ? block.content : ''
}

/** How a run of a child that tries not to end came out. */
export interface TriedChild {
  readonly outcome: string
  readonly seconds: number
  /** Processes of it that are still there: number, state and command line. */
  readonly left: readonly string[]
}

/** The time limit that `tryChild` sets. */
export const CHILD_TIMEOUT_MS = 700

/** Lets lr-check run a script of bash, and looks for what is left of it afterwards (by ps). */
export async function tryChild(script: string, options: readonly string[] = []): Promise<TriedChild> {
  using folder = tempFolder()
  const mark = `evil-${folder.path.split('-').at(-1)}`
  const args = [...options, '--timeout', `${CHILD_TIMEOUT_MS}ms`, '--pass-env', 'EVIL', '--', 'bash', '-c', script]
  const start = performance.now()
  const { stdout } = await run('lr-check', args, { cwd: folder.path, env: { EVIL: mark } })
  const seconds = (performance.now() - start) / 1000
  const look = `for place in /proc/[0-9]*; do
      { grep -qzsx 'EVIL=${mark}' $place/environ || grep -qzsx '${mark}' $place/cmdline; } && echo "\${place#/proc/}"
    done | xargs -r ps -o pid=,stat=,args= -p`
  const seen = await bash(look)
  const left = seen.stdout.split('\n').filter((line) => line !== '' && !/^ *\d+ Z/.test(line))
  return { outcome: contentOf(stdout, 'outcome').trim(), seconds, left }
}

/** A tree with something outside of it that must stay as it is. */
export class Prison implements Disposable {
  readonly #outer = tempFolder({ 'outside.txt': 'untouched\n', 'home/secret': 'secret\n', 'tree/a.txt': 'a\n' })
  readonly #outsider: number
  readonly tree = join(this.#outer.path, 'tree')

  /** @param outsider the number of a process outside */
  constructor(outsider: number) {
    this.#outsider = outsider
    mkdirSync(join(this.tree, '.git/hooks'), { recursive: true })
    writeFileSync(join(this.tree, '.git/config'), '')
  }

  /** Runs a script of bash in the tree, under `--sandbox strict`; all that lr-check says. */
  async run(script: string): Promise<string> {
    const server = createServer().listen(0, '127.0.0.1')
    const address = server.address()
    const env = {
      HOME: join(this.#outer.path, 'home'),
      OUTER: this.#outer.path,
      OUTSIDER: String(this.#outsider),
      PORT: String(typeof address === 'object' ? address?.port : 0),
    }
    const args = ['--sandbox', 'strict', '--', 'bash', '-c', script]
    const { stdout, stderr } = await run('lr-check', args, { cwd: this.tree, env })
    server.close()
    rmSync(join(this.tree, 'link'), { force: true })
    return stdout + stderr
  }

  /** What can be seen of the outside, line by line. */
  async outside(): Promise<string[]> {
    const look = 'cat outside.txt; ls -A . tree; ls -A / /etc /usr/local/bin /tmp | grep -c "^lr-escape"'
    const { stdout } = await bash(look, { cwd: this.#outer.path })
    return stdout.trimEnd().split('\n')
  }

  [Symbol.dispose](): void {
    this.#outer[Symbol.dispose]()
  }
}

/** What `outside` shows while nothing has come out. */
export const UNTOUCHED = ['untouched', '.:', 'home', 'outside.txt', 'tree', '', 'tree:', '.git', 'a.txt', '0']
