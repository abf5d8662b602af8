import { PROVIDERS } from '@loop-runner/llm-client'

/** That no provider can be asked, and each way out. */
export function describeNoKey(): string {
  const hosted = Object.entries(PROVIDERS).filter(([name]) => name !== 'ollama')
  const variables = hosted.flatMap(([, { keys }]) => keys[0] ?? [])
  return `no key is set (set ${variables.join(', ')}, or store one: lr-llm keys set PROVIDER; -m ollama/MODEL needs none)`
}
