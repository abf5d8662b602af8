import tokens from 'gpt-tokenizer/bpeRanks/o200k_base'

/**
 * The tokens of o200k, one character a byte, in the order in which their bytes are merged. Bundles read them from a file
 * instead (`scripts/build/packed-vocabulary.ts`).
 */
export const TOKENS: readonly string[] = tokens.map((token) => Buffer.from(token as string).toString('latin1'))
