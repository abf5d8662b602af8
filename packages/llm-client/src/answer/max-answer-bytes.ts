/** No model writes so much; a larger answer is an error or an attack. */
export const MAX_ANSWER_BYTES = 8_000_000
