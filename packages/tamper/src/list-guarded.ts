import { listTree } from '@loop-runner/source-files'
import type { Plan } from '@loop-runner/checkers'
import { type Guarding, makeJudgeNames, type NameRules } from './judge-names.ts'
import { foldersOf, listNearby } from './list-nearby.ts'
import { namedByCheck, withMentioned } from './named-by-check.ts'

/** The sources to check. */
export interface GuardScope extends NameRules {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly plans: readonly Plan[]
  /** Whether a path is a source of the check. */
  readonly isSource: (path: string) => boolean
}

export interface GuardedPaths {
  /** How each path is guarded; some are not there, and must not appear. */
  readonly guarded: ReadonlyMap<string, Guarding>
  /** All names in the tree. */
  readonly names: readonly string[]
  /** Those of files that may change. */
  readonly free: readonly string[]
  /** The folders that were looked into. */
  readonly folders: ReadonlySet<string>
  /** Whether a path may change, whatever it is. */
  isAllowed(path: string): boolean
  /** Whether tests that stand in a path must not change. */
  keepsTests(path: string): boolean
}

/**
 * What of a tree judges.
 *
 * @param known folders that are looked into although all in them may be ignored by now
 */
export async function listGuarded(scope: GuardScope, known: readonly string[]): Promise<GuardedPaths> {
  const { cwd, env, plans, isSource } = scope
  const names = await listTree(cwd, env)
  const context = { cwd, listed: new Set(names), isSource }
  const check = namedByCheck(plans, context)
  const { guardingOf, givesOrders, standsIn, isAllowed, keepsTests } = makeJudgeNames(scope, {
    programs: check.programs,
    isThere: (path) => context.listed.has(path),
  })
  const folders = new Set([...foldersOf(names), ...known])
  const nearby = listNearby(folders, cwd, env)
  const byName = names.map((path) => [path, guardingOf(path)] as const)
  const mayNotCome = (path: string) => /^(?:fixed|unexpected)$/.test(guardingOf(path) ?? '')
  // An ignored file that is only a test is usually generated from one.
  const ignored = [
    ...nearby.beside.filter((path) => !context.listed.has(path) && mayNotCome(path)),
    ...nearby.hidden.filter(standsIn),
  ]
  const orders = withMentioned(names.filter(givesOrders), context)
  const fixed = [...ignored, ...nearby.installed, ...check.files, ...check.awaited, ...orders]
  const all = [...byName, ...fixed.map((path) => [path, 'fixed'] as const)]
  const guarded = new Map(
    all.flatMap(([path, guarding]) => (guarding === undefined || isAllowed(path) ? [] : [[path, guarding]])),
  )
  const isFree = (path: string) => !guarded.has(path) || guarded.get(path) === 'unexpected'
  return { guarded, names, free: names.filter(isFree), folders, isAllowed, keepsTests }
}
