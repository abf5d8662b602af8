import { join } from 'node:path'
import { CommandError, ExitStatus } from '@loop-runner/cli-kit'
import type { Difference } from '../working-tree/diff-trees.ts'
import { replaceDurably, writeDurably } from './durable-file.ts'
import type { Engine, Step } from '../repository/engine.ts'
import { readTextIfThere } from './if-there.ts'
import { isRefName } from '../repository/ref-name.ts'
import { treePath } from '../working-tree/tree-path.ts'
import type { StagedFile } from '../working-tree/working-file.ts'

/** What lies on disk while a change is made, so that one that was cut short can be finished or forgotten. */
export interface Journal {
  readonly steps: readonly [Step, ...Step[]]
  readonly files: readonly StagedFile[]
  readonly reason: string
  /** Undefined where the index stays as it is. */
  readonly index: IndexPlan | undefined
}

/** What becomes of the index. */
export interface IndexPlan {
  /** Which state of the index the new one is made from, as identifyIndex tells it. */
  readonly madeFrom: string
  readonly moves: readonly Difference[]
}

/** The folder of ours inside a git folder. */
export function scratchFolder({ repository }: Pick<Engine, 'repository'>): string {
  return join(repository.gitDir, 'lr')
}

export function writeJournal(engine: Engine, journal: Journal): void {
  const file = join(scratchFolder(engine), 'journal')
  writeDurably(`${file}.new`, Buffer.from(JSON.stringify(journal)))
  replaceDurably(`${file}.new`, file)
}

/**
 * The journal of a command that was stopped; undefined if there was no such command. It may have come with the repository, from
 * anybody: what it names has to lie in the working tree and among the refs.
 *
 * @throws CommandError (3) for one that is damaged: it must not be ignored
 */
export function readJournal(engine: Engine): Journal | undefined {
  const file = join(scratchFolder(engine), 'journal')
  const text = readTextIfThere(file)
  if (text === undefined) return undefined
  try {
    const journal = JSON.parse(text) as Journal
    for (const { path } of journal.files) treePath(engine.repository.root, '', path)
    if (journal.steps.length === 0 || !journal.steps.every(isStep)) throw new Error('no step')
    return journal
  } catch (error) {
    const remedy = 'look at git status, then remove it to forget the command that was stopped'
    throw new CommandError(ExitStatus.Failed, `${file}: damaged (${remedy})`, { cause: error })
  }
}

function isStep(step: Step): boolean {
  if ('ref' in step) return step.ref === 'HEAD' || isRefName(step.ref)
  return 'commit' in step.head || isRefName(step.head.ref)
}
