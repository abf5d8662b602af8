import { estimateTokens } from './estimate-tokens.ts'

/** How many tokens a text has. */
export type CountTokens = (text: string) => number

export const TOKENIZERS = ['estimate', 'o200k'] as const

/** The function that counts by this name; a vocabulary is loaded only where one is asked for. */
export async function readTokenizer(name: (typeof TOKENIZERS)[number]): Promise<CountTokens> {
  if (name === 'estimate') return estimateTokens
  const { loadO200k } = await import('../o200k/load-o200k.ts')
  return loadO200k()
}
