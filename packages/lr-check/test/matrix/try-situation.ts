import { spawnSync } from 'node:child_process'
import { isBlock, parseStream } from '@loop-runner/block-format'
import { hasProgram, run, tempFolder } from '@loop-runner/test-kit'
import type { Situation } from './situations.ts'

/** What lr-check reported for a case: the checker's exit code, the outcome, and all of it. */
export interface Tried {
  readonly status: string
  readonly outcome: string
  readonly said: string
}

/**
 * Puts the real checker into a situation, in a fresh folder.
 *
 * @param home the true home: in an empty one rustup's programs find nothing
 */
export async function trySituation({ files, args }: Pick<Situation, 'files' | 'args'>, home: string): Promise<Tried> {
  using folder = tempFolder(files)
  const { stdout, stderr } = await run('lr-check', args, { cwd: folder.path, env: rustHomes(home) })
  const contents = (name: string) =>
    parseStream(stdout).flatMap((part) => (isBlock(part) && part.name === name ? [part.content.trim()] : []))
  return { status: contents('status').join(' '), outcome: contents('outcome').join(' '), said: stdout + stderr }
}

/** A program may be on PATH without working: rustup's stand-ins for cargo need the home that it was installed in. */
export function works(program: string): boolean {
  if (!hasProgram(program)) return false
  return !program.startsWith('cargo') || spawnSync(program, ['--version']).status === 0
}

/** Where rustup's programs find the real ones. */
export function rustHomes(home: string): Record<string, string> {
  return { RUSTUP_HOME: `${home}/.rustup`, CARGO_HOME: `${home}/.cargo` }
}
