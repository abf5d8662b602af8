import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { childEnvironment, CommandError, ExitStatus, type Io, runProcess } from '@loop-runner/cli-kit'
import type { Engine } from '../repository/engine.ts'
import type { Hash, NamedObject } from '../repository/git-object.ts'
import { isExecutable } from './is-executable.ts'
import { scratchFolder } from '../transaction/journal.ts'

/**
 * Runs the hooks that may refuse a commit or change its message, as git does: on an index that holds the commit's tree,
 * in the working tree, without the keys of our environment.
 *
 * @param objects what the tree is made of
 * @returns the message
 * @throws CommandError (3) naming the hook that refuses
 */
export async function runCommitHooks(
  engine: Engine,
  tree: Hash,
  objects: readonly NamedObject[],
  message: string,
  io: Io,
): Promise<string> {
  const index = join(scratchFolder(engine), 'hook-index')
  const file = join(scratchFolder(engine), 'hook-message')
  try {
    await engine.writeObjects(objects)
    await engine.makeTreeIndex(tree, index)
    writeFileSync(file, message)
    await runHook(engine, 'pre-commit', [], index, io)
    await runHook(engine, 'prepare-commit-msg', [file, 'message'], index, io)
    await runHook(engine, 'commit-msg', [file], index, io)
    return readFileSync(file, 'utf8')
  } finally {
    for (const path of [index, file]) rmSync(path, { force: true })
  }
}

/** Runs the hook that follows a commit. Its result changes nothing. */
export async function runPostCommit(engine: Engine, io: Io): Promise<void> {
  await runHook(engine, 'post-commit', [], join(engine.repository.gitDir, 'index'), io).catch((error: Error) =>
    io.warn(error.message),
  )
}

async function runHook(engine: Engine, name: string, args: readonly string[], index: string, io: Io): Promise<void> {
  const file = join(hooksFolder(engine, io.env), name)
  if (!isExecutable(file)) return
  const env = { ...childEnvironment(io.env), GIT_INDEX_FILE: index, GIT_EDITOR: ':', GIT_PREFIX: '' }
  // Standard output is for the next stage.
  const { status } = await runProcess({ file, args, cwd: engine.repository.root, env, stdout: 2, stderr: 2 }, io)
  if (status !== 0)
    throw new CommandError(ExitStatus.Failed, `hook ${name}: ended with exit code ${status} (not committed)`)
}

function hooksFolder({ config, repository }: Engine, env: NodeJS.ProcessEnv): string {
  const named = config.get('core.hookspath')?.replace(/^~\//, `${env['HOME'] ?? ''}/`)
  return named === undefined ? join(repository.commonDir, 'hooks') : resolve(repository.root, named)
}
