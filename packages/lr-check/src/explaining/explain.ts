import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import { type Checker, readCheckerState } from '@loop-runner/checkers'

/** Prints a checker as lr.yaml would define it, led in by where it is found, its version and how to get it. */
export async function explainChecker(name: string, checker: Checker, io: Io): Promise<number> {
  const { stringify } = await import('yaml')
  const { found, version } = await readCheckerState(checker, io)
  const state = found === undefined ? 'not found' : [`found: ${found}`, version].filter((word) => word !== '').join(' ')
  const lines = [state, ...(checker.install === undefined ? [] : [`install: ${checker.install}`])]
  const definition = stringify({ checkers: { [name]: checker } }, { lineWidth: 0, singleQuote: true })
  await io.stdout.write(`${lines.map((line) => `# ${line}\n`).join('')}${definition}`)
  return found === undefined ? ExitStatus.No : ExitStatus.Yes
}
