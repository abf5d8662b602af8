import { resolve } from 'node:path'
import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { addContext } from './add-context.ts'
import type { Evidence, Material } from '../evidence/evidence.ts'
import { meaningOf } from '../evidence/result-words.ts'
import type { Options } from '../options.ts'
import { readHistory } from './read-history.ts'
import { readTextFile } from './read-text-file.ts'
import { TASKS } from './tasks.ts'

/**
 * All that the prompt is made of: the stream, and what the options add to it.
 *
 * @returns where there is nothing to do, why
 * @throws UsageError where a file that an option names cannot be read
 */
export async function gatherMaterial(stream: Evidence, options: Options, io: Io): Promise<Material | string> {
  const wishes = gatherWishes(stream, options, io.cwd)
  if (!options.always) refuseInconclusive(stream)
  const evidence = await addContext(stream, options.context, io)
  const nothing = options.always ? undefined : whyNothing(evidence, wishes)
  if (nothing !== undefined) return nothing
  const instructions = (wishes.length === 0 ? [TASKS.fix] : wishes).map(withNewline).join('\n')
  const history = options.history === undefined ? [] : readHistory(read(options.history, io.cwd), options.history)
  const { requested: _requested, ...rest } = evidence
  return { ...rest, history, instructions, parts: [], map: '' }
}

/** @throws CommandError (3) for a checker that did not run: its result is not a failure to fix */
function refuseInconclusive({ runs }: Evidence): void {
  const run = runs.find(({ isInconclusive }) => isInconclusive)
  if (!run) return
  const [command = ''] = run.command.trim().split('\n')
  throw new CommandError(
    ExitStatus.Failed,
    `${command}: ${meaningOf(run).words} (see the output of the check, or use --always)`,
  )
}

/** The task: --task, then instructions of an earlier stage, then -i, then files. */
function gatherWishes(evidence: Evidence, options: Options, cwd: string): string[] {
  return [
    ...(options.task === undefined ? [] : [TASKS[options.task]]),
    ...evidence.instructions,
    ...options.instruction,
    ...options['instruction-file'].map((path) => read(path, cwd)),
  ]
}

function whyNothing({ files, runs, blocks, report }: Evidence, wishes: readonly string[]): string | undefined {
  if (runs.length > 0) return runs.every(({ outcome }) => outcome === 'pass') ? 'every run passes' : undefined
  if (files.length + blocks.length + report.length === 0) return 'no blocks came in'
  return wishes.length === 0
    ? 'there is neither a run nor an instruction (say what to do with -i or --task)'
    : undefined
}

function read(path: string, cwd: string): string {
  return readTextFile(resolve(cwd, path), path)
}

function withNewline(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}
