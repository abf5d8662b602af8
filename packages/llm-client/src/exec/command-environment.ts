import { childEnvironment } from '@loop-runner/cli-kit'
import type { FailureKind } from '../answer/failure.ts'
import { PROVIDERS } from '../models/providers.ts'

/** Exit codes of a command that have a meaning here. */
const KIND_OF_STATUS: Readonly<Record<number, FailureKind>> = { 4: 'server', 5: 'cut', 6: 'context', 7: 'budget' }

export function kindOfStatus(status: number): FailureKind {
  return KIND_OF_STATUS[status] ?? 'setup'
}

/** What a command sees: no keys, unless they are passed by name. */
export function commandEnvironment(env: NodeJS.ProcessEnv, pass: readonly string[]): NodeJS.ProcessEnv {
  const child = childEnvironment(env, pass)
  const keys = new Set(Object.values(PROVIDERS).flatMap((provider) => provider.keys))
  return Object.fromEntries(Object.entries(child).filter(([name]) => pass.includes(name) || !keys.has(name)))
}
