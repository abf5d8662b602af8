import type { Suggestions } from '@loop-runner/cli-kit'
import { PROVIDERS } from './providers.ts'

/** What a shell suggests for a model: the providers; behind a provider its usual model. Nothing is asked of a server. */
export function suggestTargets({ word }: { readonly word: string }): Suggestions {
  const provider = Object.keys(PROVIDERS).find((name) => word.startsWith(`${name}/`))
  if (provider !== undefined) return [`${provider}/${PROVIDERS[provider]?.model}`]
  return [...Object.keys(PROVIDERS).map((name) => `${name}/`), 'exec:', 'exec-server:', 'replay:']
}

/** What a shell suggests for the operands of `lr-llm keys`. */
export function suggestForKeys({ operands }: { readonly operands: readonly string[] }): Suggestions {
  if (operands.length === 0) return ['set', 'list', 'remove', 'path']
  const takesProvider = operands.length === 1 && (operands[0] === 'set' || operands[0] === 'remove')
  return takesProvider ? Object.keys(PROVIDERS) : 'nothing'
}
