import { resolve } from 'node:path'
import type { Io } from '@loop-runner/cli-kit'
import { addContext } from './add-context.ts'
import type { Evidence, Material } from './evidence.ts'
import type { Options } from './options.ts'
import { readHistory } from './read-history.ts'
import { readTextFile } from './read-text-file.ts'
import { TASKS } from './tasks.ts'

/**
 * All that the prompt is made of: the stream, and what the options add to it.
 *
 * @returns undefined where there is nothing to do
 * @throws UsageError where a file that an option names cannot be read
 */
export async function gatherMaterial(stream: Evidence, options: Options, io: Io): Promise<Material | undefined> {
  const wishes = gatherWishes(stream, options, io.cwd)
  const evidence = await addContext(stream, options.context, io)
  if (!options.always && isNothingToDo(evidence, wishes)) return undefined
  const instructions = (wishes.length === 0 ? [TASKS.fix] : wishes).map(withNewline).join('\n')
  const history = options.history === undefined ? [] : readHistory(read(options.history, io.cwd), options.history)
  return { ...evidence, history, instructions }
}

/** What somebody says is to be done: the task, then what an earlier stage says, then free words, then files. */
function gatherWishes(evidence: Evidence, options: Options, cwd: string): string[] {
  return [
    ...(options.task === undefined ? [] : [TASKS[options.task]]),
    ...evidence.instructions,
    ...options.instruction,
    ...options['instruction-file'].map((path) => read(path, cwd)),
  ]
}

/** Every run passes, or there is neither a run nor a word on what to do, or there is nothing at all. */
function isNothingToDo({ files, runs, blocks, report }: Evidence, wishes: readonly string[]): boolean {
  if (runs.length > 0) return runs.every(({ outcome }) => outcome === 'pass')
  return wishes.length === 0 || files.length + blocks.length + report.length === 0
}

function read(path: string, cwd: string): string {
  return readTextFile(resolve(cwd, path), path)
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}
