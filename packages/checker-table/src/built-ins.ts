/** What lr-check can judge itself. */
export const BUILT_INS = ['json', 'yaml', 'toml', 'ruff'] as const

export type BuiltIn = (typeof BUILT_INS)[number]

/** A checker whose command starts this program has none of its own. */
export const OWN_PROGRAM = 'lr-check'
