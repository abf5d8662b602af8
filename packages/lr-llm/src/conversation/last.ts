/** `-c` alone: the conversation in this folder that was added to last. */
export const LAST = 'last'
