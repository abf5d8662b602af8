import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Block, isBlock, parseStream, writeStream } from '@loop-runner/block-format'
import { bareEnvironment, type Ran, run, tempFolder } from '@loop-runner/test-kit'

/** A repository for a test, made by the git program itself. */
export interface TestRepository extends Disposable {
  readonly path: string
  /** Runs git in it; the answer without its last newline. */
  readonly git: (...args: string[]) => string
  readonly write: (path: string, content: string | Buffer) => void
}

/** A repository with these files in one commit on `main`; with none it has no commit. */
export function testRepository(
  files: Readonly<Record<string, string | Buffer>> = { 'a.py': 'a\n', 'src/b.py': 'b\n' },
): TestRepository {
  const folder = tempFolder(files)
  const git = (...args: string[]) => runGit(folder.path, args)
  git('init', '-q', '-b', 'main')
  if (Object.keys(files).length > 0) {
    git('add', '-A')
    git('commit', '-q', '-m', 'first')
  }
  return {
    path: folder.path,
    git,
    write: (path, content) => writeFileSync(join(folder.path, path), content),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

/** Runs git in a folder, in the bare environment of tests. */
export function runGit(cwd: string, args: readonly string[], input = ''): string {
  return execFileSync('git', args, { cwd, env: bareEnvironment(), encoding: 'utf8', stdio: 'pipe', input }).replace(
    /\n$/,
    '',
  )
}

/** What lr-apply would report. */
export function reportOf(changed: readonly string[], more: readonly Block[] = []): string {
  return writeStream([
    { name: 'changed', content: changed.map((path) => `${path}\n`).join('') },
    { name: 'explanation', content: 'Why: it was wrong.\n' },
    ...more,
  ])
}

/** What a call of lr-git printed, with the lines of its blocks. */
export interface Called extends Ran {
  readonly linesOf: (block: string) => readonly string[]
}

/** A way to call lr-git on an engine: a command, its arguments, standard input, variables. */
export function callerOf(engine: string) {
  return async function call(
    { path }: Pick<TestRepository, 'path'>,
    command: string,
    args: readonly string[] = [],
    stdin = '',
    env: Record<string, string> = {},
  ): Promise<Called> {
    const ran = await run('lr-git', [command, `--engine=${engine}`, ...args], { cwd: path, stdin, env })
    const blocks = parseStream(ran.stdout).filter(isBlock)
    const linesOf = (name: string) =>
      (blocks.find((block) => block.name === name)?.content ?? '').split('\n').filter(Boolean)
    return { ...ran, linesOf }
  }
}
