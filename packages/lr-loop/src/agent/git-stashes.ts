import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Git } from './git-call.ts'

const STASH = 'refs/stash'

/** The log of refs/stash, in which all stashes but the last one are found; null without one. */
export function readStashes(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** The commits of all stashes, by the log of refs/stash. */
export function hashesOfStashes(log: string | null): string[] {
  return linesOf(log).map(hashOf)
}

/**
 * Stashes that were dropped are there again, below those that were made meanwhile.
 *
 * @param file the log of refs/stash
 */
export async function putStashesBack(before: string | null, file: string, git: Git): Promise<string[]> {
  const [was, now] = [linesOf(before), linesOf(readStashes(file))]
  const added = now.filter((line) => !was.some((other) => hashOf(other) === hashOf(line)))
  const dropped = was.filter((line) => !now.some((other) => hashOf(other) === hashOf(line)))
  const made = added.map((line) => `${STASH}: a stash was made (${hashOf(line).slice(0, 12)}); it was left there`)
  if (dropped.length === 0) return made
  const gone: string[] = []
  for (const line of dropped) if ((await git('cat-file', '-e', hashOf(line))) === undefined) gone.push(line)
  const lines = [...was.filter((line) => !gone.includes(line)), ...added]
  const isDone = await write(lines, file, git)
  return [
    ...dropped.map((line) => {
      const outcome = isDone && !gone.includes(line) ? 'it was put back' : 'it could not be put back'
      return `${STASH}: ${hashOf(line).slice(0, 12)}${line.replace(/^[^\t]*\t?/, ' ')} was dropped; ${outcome}`
    }),
    ...made,
  ]
}

/** Each line of the log goes on from the hash of the one before. */
async function write(lines: readonly string[], file: string, git: Git): Promise<boolean> {
  const last = lines.at(-1)
  if (last === undefined || (await git('update-ref', STASH, hashOf(last))) === undefined) return false
  const chained = lines.map((line, index) => {
    const earlier = lines[index - 1]
    return `${earlier === undefined ? '0'.repeat(hashOf(line).length) : hashOf(earlier)}${line.slice(line.indexOf(' '))}\n`
  })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, chained.join(''))
  return true
}

function linesOf(log: string | null): string[] {
  return (log ?? '').split('\n').filter((line) => line !== '')
}

function hashOf(line: string): string {
  return line.split(' ')[1] ?? ''
}
