/**
 * Takes the right to loop over the working tree that `cwd` belongs to: two loops would undo each other's work.
 *
 * @param run the folder of the run that takes it
 * @returns gives it back
 * @throws CommandError (4) naming the loop that holds it
 */
export async function lockForLoop(cwd: string, run: string, env: NodeJS.ProcessEnv): Promise<() => void> {
  const { lockTree } = await import('@loop-runner/file-transaction')
  return lockTree(cwd, env, 'loop', `another loop (run ${run})`)
}
