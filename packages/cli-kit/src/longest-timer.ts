/** Milliseconds: a timer takes a 32-bit count, some 24 days; with more it would end at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1
