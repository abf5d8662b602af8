import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeStream } from '@loop-runner/block-format'
import { type Io, UsageError } from '@loop-runner/cli-kit'
import { type Engine, type Hash, isThere, makeChange, nameObject } from '@loop-runner/git-engine'
import { writeTrailers } from './commit-message.ts'
import { identityOf } from './identity-of.ts'
import { addCommit, beginDraft } from './plan-commit.ts'

/** Where git keeps notes that are not its own default; `git log --notes=lr` shows them. */
const NOTES_REF = 'refs/notes/lr'

/**
 * The prompt and the reply of this iteration, as the loop keeps them in the run's folder, as a stream of two blocks.
 *
 * @throws UsageError outside a loop, which has no such folder
 */
export function readExchange(env: NodeJS.ProcessEnv): Buffer {
  const [run, iteration] = [env['LR_RUN_DIR'], env['LR_ITERATION']]
  if (!run || !iteration) throw new UsageError('option --notes: needs LR_RUN_DIR and LR_ITERATION, which lr-loop sets')
  const blocks = [
    ['prompt', 'prompt.out'],
    ['reply', 'llm.out'],
  ].flatMap(([name = '', file = '']) => {
    const path = join(run, iteration, file)
    return isThere(path) ? [{ name, content: readFileSync(path, 'utf8') }] : []
  })
  if (blocks.length === 0) throw new UsageError(`option --notes: ${join(run, iteration)} holds no prompt and no reply`)
  return Buffer.from(writeStream(blocks))
}

/** Adds a note to a commit. The lock is held. */
export async function addNote(engine: Engine, commit: Hash, text: Buffer, io: Io): Promise<void> {
  const tip = await engine.readRef(NOTES_REF)
  const { draft } = await beginDraft(engine, { ref: NOTES_REF, commit: tip }, [], commit)
  const blob = nameObject({ type: 'blob', bytes: text }, engine.format)
  const change = [{ path: commit, entry: { mode: '100644', hash: blob.hash } }]
  const message = `${writeTrailers({ 'Lr-Note-For': commit })}\n`
  const noted = await addCommit({ ...draft, objects: [blob] }, engine, change, identityOf(engine, io), message)
  const steps = [{ ref: NOTES_REF, from: tip, to: noted.tip }] as const
  await makeChange(engine, { objects: noted.objects, index: [], files: [], steps, reason: 'lr-git commit: a note' }, io)
}
