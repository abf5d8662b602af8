import { writeFileSync } from 'node:fs'
import { ExitStatus, type Io, runText } from '@loop-runner/cli-kit'
import { type CaseFolder, copyWithHidden, HIDDEN_CHECK } from './case-folder.ts'
import { errorOf } from './error-of.ts'

/** What is checked: the files that the loop left behind, and the check command that overrides that of the case. */
interface HiddenCheck {
  readonly tree: string
  /** Where the copy with the hidden files is made; it does not exist yet. */
  readonly copy: string
  readonly check: readonly string[] | undefined
}

/** What a pass of the loop is worth; an inconclusive check says nothing about the model. */
export type HiddenVerdict =
  | { readonly verdict: 'fixed' | 'lied' }
  | { readonly verdict: 'error'; readonly message: string }

/** Runs the hidden check of the case on a copy of what the loop left behind; without hidden files its pass is a fix. */
export async function checkHidden(
  folder: CaseFolder,
  { tree, copy, check }: HiddenCheck,
  io: Io,
): Promise<HiddenVerdict> {
  if (folder.hidden === undefined) return { verdict: 'fixed' }
  copyWithHidden(tree, folder, copy)
  const request = folder.hasHiddenCheck ? hiddenCheck(copy, io) : loopCheck(copy, check, io)
  const { status, stderr } = await runText({ ...request, cwd: copy, env: io.env }, io)
  if (status > ExitStatus.No) return { verdict: 'error', message: `hidden check: ${errorOf(stderr)}` }
  return { verdict: status === ExitStatus.Yes ? 'fixed' : 'lied' }
}

/** lr-check runs it with a time limit and without keys: it starts what the model wrote. Checks of lr.yaml are not part of it. */
function hiddenCheck(copy: string, io: Io) {
  const configuration = `${copy}.yaml`
  writeFileSync(configuration, '')
  const { file, args } = io.ownProgram('lr-check')
  return { file, args: [...args, '--config', configuration, '--', `./${HIDDEN_CHECK}`] }
}

/** The loop checks before it sends a request; a pass ends it there, and nothing follows a failure. */
function loopCheck(copy: string, check: readonly string[] | undefined, io: Io) {
  const { file, args } = io.ownProgram('lr-loop')
  const words = ['--quiet', '--prompt', 'false', '--llm', 'false', '--iterations', '1']
  const command = check === undefined ? [] : ['--', ...check]
  return { file, args: [...args, '--no-git', '--run-dir', `${copy}-run`, ...words, ...command] }
}
