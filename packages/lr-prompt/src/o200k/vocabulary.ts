/** The tokens of o200k in the order in which their bytes are merged; texts, or bytes where they are no UTF-8. */
export { default as TOKENS } from 'gpt-tokenizer/bpeRanks/o200k_base'
/** What a text is split by before anything is merged. */
export { O200K_TOKEN_SPLIT_REGEX as WORD } from 'gpt-tokenizer/encodingParams/constants'
