import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseStream } from '@loop-runner/block-format'
import { reasonOf, UsageError } from '@loop-runner/cli-kit'
import { filesIn } from '@loop-runner/stage-protocol'
import { createTwoFilesPatch } from 'diff'
import type { RunData } from './run-data.ts'

/** Longer edit scripts are not searched for: the comparison takes time in proportion to length × edits. */
const MAX_EDITS = 4000

/**
 * What a run changed, as a unified diff from the sources of its first check to the state that it left behind. Files that a
 * check does not print, such as lock files, are not in it.
 *
 * @throws UsageError if the run has no check
 */
export function diffOfRun({ run, attempts }: RunData): string {
  const folder = attempts.find(({ kept }) => kept)?.run ?? run
  const before = sourcesAt(folder, 0)
  const after = sourcesAt(folder, lastIteration(folder))
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return paths.map((path) => diffOfFile(path, before.get(path), after.get(path))).join('')
}

function diffOfFile(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return ''
  const [from, to] = [before === undefined ? '/dev/null' : `a/${path}`, after === undefined ? '/dev/null' : `b/${path}`]
  const patch = createTwoFilesPatch(from, to, before ?? '', after ?? '', '', '', { maxEditLength: MAX_EDITS })
  if (patch === undefined) return `--- ${from}\n+++ ${to}\n(too different to be compared)\n`
  return patch.replace(/^=+\n/, '')
}

/** The contents of the sources that the check of an iteration printed, by path. */
function sourcesAt(folder: string, iteration: number): Map<string, string> {
  return filesIn(parseStream(readText(join(folder, String(iteration), 'check.out'))))
}

/** The iteration after whose check the files are as the run left them. */
function lastIteration(folder: string): number {
  let last = 0
  for (const line of readText(join(folder, 'journal.jsonl')).split('\n')) {
    const event = parse(line)
    if (event['event'] === 'checked') last = Number(event['iteration'])
    if (event['event'] === 'returned' && event['done'] === true) last = Number(event['to'])
  }
  return last
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file}: ${reasonOf(error)} (the run was interrupted before its first check, or removed)`)
  }
}

/** A crash may have left a part of a line. */
function parse(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return {}
  }
}
