import { ExitStatus, type Io } from '@loop-runner/cli-kit'
import {
  CHAINS,
  type Checkers,
  chooseFrom,
  chooseTests,
  isConfigured,
  readCheckerState,
  typeOfFile,
} from '@loop-runner/checkers'

/**
 * Prints, for each type of the sources (of all, without sources), the checkers that it could have: which is there,
 * where, which version, which one would run, and how to get the others.
 *
 * @returns 0 when every type has one of each kind, 1 otherwise
 */
export async function diagnoseTypes(checkers: Checkers, sources: readonly string[], io: Io): Promise<number> {
  const types = sources.length === 0 ? Object.keys(CHAINS) : new Set(sources.map((path) => typeOfFile(path, io.cwd)))
  const lines: string[] = []
  let complete = true
  for (const type of types) {
    const chains = CHAINS[type ?? ''] ?? []
    if (type === undefined || chains.length === 0) continue
    lines.push(`${type}:`)
    for (const chain of chains) {
      const { chosen, missing } = chooseFrom(chain, { checkers, cwd: io.cwd, env: io.env })
      complete &&= chosen !== undefined || missing.length === 0
      lines.push(...(await diagnoseChain(chain, chosen, checkers, io)))
    }
  }
  const tests = await diagnoseTests(checkers, sources, io)
  complete &&= tests.areComplete
  lines.push(...tests.lines)
  await io.stdout.write(lines.map((line) => `${line}\n`).join(''))
  return complete ? ExitStatus.Yes : ExitStatus.No
}

/** The runners of the tests among the sources. */
async function diagnoseTests(checkers: Checkers, sources: readonly string[], io: Io) {
  const place = { checkers, cwd: io.cwd, env: io.env }
  const names = [...chooseTests({ ...place, sources }).keys()]
  const isThere = (name: string) => chooseFrom([name], place).chosen
  const lines = await Promise.all(names.map((name) => diagnoseChain([name], isThere(name), checkers, io)))
  const areComplete = names.every((name) => isThere(name) !== undefined)
  return { lines: names.length === 0 ? [] : ['tests:', ...lines.flat()], areComplete }
}

async function diagnoseChain(
  chain: readonly string[],
  chosen: string | undefined,
  checkers: Checkers,
  io: Io,
): Promise<string[]> {
  const rows = chain.map(async (name) => {
    const checker = checkers[name]
    const { found, version } = checker ? await readCheckerState(checker, io) : { found: undefined, version: '' }
    const state =
      found === undefined ? `not found (install it: ${checker?.install ?? 'see its site'})` : `${found} ${version}`
    const idle = checker && !isConfigured(checker, io.cwd) ? ` (it only runs with ${checker.config?.join(' or ')})` : ''
    return `  ${name === chosen ? '*' : ' '} ${name.padEnd(14)}${state.trimEnd()}${idle}`
  })
  return Promise.all(rows)
}
