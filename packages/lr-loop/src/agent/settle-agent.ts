import type { StageContext } from '../stages/run-stage.ts'
import { firstOf } from './agent-parts.ts'
import { keptFolder, tellUnkept } from './keep-touched.ts'
import { findChanges } from './find-changes.ts'
import { putBack } from './put-back.ts'
import { closeSnapshot, pendingSnapshot } from './snapshot.ts'

/**
 * Puts the tree back if an agent was stopped before its work was read: by a signal, or with the loop. What it had done is
 * kept in the run's folder.
 */
export async function settleAgent({ folder, io }: Pick<StageContext, 'folder' | 'io'>): Promise<void> {
  const snapshot = pendingSnapshot(folder.path)
  if (snapshot === undefined) return
  const place = { run: folder.path, cwd: io.cwd, env: io.env }
  const { paths, told } = await findChanges(snapshot, () => false, place)
  const unkept = tellUnkept(putBack(paths, snapshot, place))
  closeSnapshot(folder.path)
  for (const line of firstOf([...told, ...unkept])) io.progress(line.replace(/^-: /, ''))
  if (paths.length === 0) return
  const count = paths.length === 1 ? 'a file' : `${paths.length} files`
  io.progress(
    `the agent was stopped: ${count} put back (its versions are in ${keptFolder(folder.path, snapshot.iteration)})`,
  )
}
