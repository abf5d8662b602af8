import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Block, writeStream } from '@loop-runner/block-format'
import { bareEnvironment, tempFolder } from '@loop-runner/cli-kit/testing'

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
export function runGit(cwd: string, args: readonly string[]): string {
  return execFileSync('git', args, { cwd, env: bareEnvironment(), encoding: 'utf8', stdio: 'pipe' }).replace(/\n$/, '')
}

/** What lr-apply would report. */
export function reportOf(changed: readonly string[], more: readonly Block[] = []): string {
  return writeStream([
    { name: 'changed', content: changed.map((path) => `${path}\n`).join('') },
    { name: 'explanation', content: 'Why: it was wrong.\n' },
    ...more,
  ])
}
