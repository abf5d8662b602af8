import { type Engine, findEntry, isSame, type PathChange, readWorkingEntries } from '@loop-runner/git-engine'
import { addCarried, type Carried } from './carried.ts'
import { ORIGINALS, returnMessage } from './commit-message.ts'
import { subjectOf } from './commit-subject.ts'
import { addCommit, type Draft } from './plan-commit.ts'
import type { Task, TaskFiles } from './task.ts'

/**
 * Commits the files that a reply changed as they were before it, if no commit has that: as they were when the run
 * started, as they were just before the reply, and a FIXES.md that was not tracked.
 */
export async function addOriginals(
  draft: Draft,
  engine: Engine,
  reply: {
    readonly changes: readonly PathChange[]
    readonly fixes: TaskFiles['fixes']
    /** As they were just before the reply. */
    readonly originals: readonly PathChange[]
    readonly carried: Carried
    readonly run: string | undefined
  },
  { fixes, identity }: Task,
): Promise<Draft> {
  const { changes, carried, run } = reply
  const paths = changes.map(({ path }) => path)
  const untrackedFixes = fixes !== undefined && reply.fixes === 'untracked' && !paths.includes(fixes) ? [fixes] : []
  const whole = await addCarried(draft, engine, { paths: [...paths, ...untrackedFixes], carried, run }, identity)
  const originals = [...reply.originals, ...(await readWorkingEntries(engine, untrackedFixes)).entries].filter(
    ({ path, entry }) => !isSame(entry, findEntry(whole.folders, path)),
  )
  if (originals.length === 0) return whole
  const names = originals.map(({ path }) => path)
  const trailers = { 'Lr-Run': run, [ORIGINALS]: String(names.length) }
  const message = returnMessage(
    subjectOf('lr: as it was: ', names),
    'What was not committed before the reply.',
    trailers,
  )
  return addCommit(whole, engine, originals, identity, message)
}
