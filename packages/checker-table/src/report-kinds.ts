/** The kinds of test runners that can be asked for a report of their own. */
export const REPORT_KINDS = ['pytest', 'jest', 'vitest', 'node', 'mocha', 'unittest', 'doctest', 'go'] as const

export type ReportKind = (typeof REPORT_KINDS)[number]
