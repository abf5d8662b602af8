import { startedBy, type StartedCommand } from '@loop-runner/source-files'
import { type Plan, typeOfFile } from '@loop-runner/checkers'
import { changeOf, holdFiles, type HeldFile } from './held-files.ts'
import { describeMove, type Head, readHead } from './head-of.ts'
import { rewritesSources } from './rewrites-sources.ts'
import type { Survey } from './survey.ts'

interface TreePlace {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
}

/** A tree just before a check, used to detect changes made by the check itself. */
export interface TreeWatch extends TreePlace {
  readonly held: ReadonlyMap<string, HeldFile>
  readonly sources: readonly string[]
  readonly head: Head | undefined
  /** All that the check starts. */
  readonly commands: readonly StartedCommand[]
}

export function watchTree(
  { cwd, env }: TreePlace,
  sources: readonly string[],
  plans: readonly Plan[],
  survey: Survey,
): TreeWatch {
  const guarded = [...survey.files.keys()].filter((path) => !/(?:^|\/)(?:node_modules|site-packages)\//.test(path))
  return {
    cwd,
    env,
    sources,
    held: holdFiles([...sources, ...guarded], cwd),
    head: readHead(cwd),
    commands: commandsOf(plans, cwd),
  }
}

/** The changes that the check made to sources and to guarded code files, described in words, by path. */
export function rewritten({ cwd, held, sources, commands }: TreeWatch): Map<string, string> {
  const isSource = new Set(rewritesSources(commands) ? [] : sources)
  const found = new Map<string, string>()
  for (const [path, file] of held) {
    const change = changeOf(file, cwd)
    if (change === 'changed' && isSource.has(path)) found.set(path, 'changed by the check itself')
    const isCode = isSource.has(path) || !sources.includes(path)
    if (change === 'touched' && isCode && isProgram(path, cwd)) found.set(path, 'rewritten by the check, and put back')
  }
  return found
}

export function movedHead({ cwd, head }: TreeWatch): string | undefined {
  return describeMove(head, readHead(cwd))
}

/** Data files may be rewritten with the same content. */
const DATA = new Set(['json', 'jsonc', 'yaml', 'toml', 'markdown', 'xml', 'csv', 'html', 'css', 'text'])

function isProgram(path: string, cwd: string): boolean {
  const type = typeOfFile(path, cwd)
  return type !== undefined && !DATA.has(type)
}

function commandsOf(plans: readonly Plan[], cwd: string): StartedCommand[] {
  return plans.flatMap(({ argv, folder }) => startedBy(argv, cwd, folder).commands)
}
