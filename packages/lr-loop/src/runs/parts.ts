/** Parts of a run that can be printed in place of its page; numbers are iterations. */
export interface Parts {
  readonly prompt: number | undefined
  readonly reply: number | undefined
  readonly check: number | undefined
  /** `run`, or the number of a reply. */
  readonly diff: string | undefined
  readonly tests: boolean
  /** Another run. */
  readonly compare: string | undefined
}

const PARTS = ['prompt', 'reply', 'check', 'diff', 'tests', 'compare'] as const satisfies (keyof Parts)[]

/** The names of the parts that are asked for. */
export function partsAsked(parts: Parts): string[] {
  return PARTS.filter((name) => parts[name] !== undefined && parts[name] !== false)
}
