import { CommandError, ExitStatus, type Io } from '@loop-runner/cli-kit'
import { treeHolder } from '@loop-runner/file-transaction'

/**
 * Refuses to work on a tree that a loop works on. A command that this loop itself runs is let through: it knows the run's
 * folder.
 *
 * @throws CommandError (4) naming the run
 */
export function refuseLoop({ cwd, env }: Pick<Io, 'cwd' | 'env'>): void {
  const holder = treeHolder(cwd, env, 'loop')
  if (!holder || (env['LR_RUN_DIR'] && holder.who.includes(`(run ${env['LR_RUN_DIR']})`))) return
  const who = holder.who.replace(/^another loop/, 'a loop')
  const remedy = `wait for it, or stop it: kill ${holder.mark.pid}`
  throw new CommandError(ExitStatus.TryAgain, `${cwd}: ${who} is at work here, process ${holder.mark.pid} (${remedy})`)
}
