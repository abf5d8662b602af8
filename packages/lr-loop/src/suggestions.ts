import { basename } from 'node:path'
import type { Complete, Completing } from '@loop-runner/cli-kit'

/** Completions for a run: the names of the runs, newest first. */
export async function suggestRuns({ operands, io }: Completing): Promise<readonly string[] | 'nothing'> {
  if (operands.length > 0) return 'nothing'
  const { listRuns } = await import('./runs/find-run.ts')
  return listRuns(io.env).map((path) => basename(path))
}

/** With --resume a run, else a source. */
export const suggestSources: Complete = (completing) =>
  completing.typed.has('resume') ? suggestRuns(completing) : 'files'

/** Completions of another program for the value of one of its options. */
export function suggestionsOf(program: string, option: string): Complete {
  return async ({ word, io }) => {
    const { askProgram } = await import('./ask-program.ts')
    const { stdout } = await askProgram(program, ['--get-completions', `--${option}`, word], io)
    const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(':'))
    return lines.map((line) => line.split('\t')[0] ?? '')
  }
}
