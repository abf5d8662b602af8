import { createHash } from 'node:crypto'
import * as z from 'zod/mini'

const text = z.string()
const count = z.number()
const hash = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/))

/** What a run can prove of a commit without a model: made by `lr-loop receipt`, checked by `lr-git verify`. */
export const Receipt = z.object({
  receipt: z.literal(1),
  run: text,
  /** When the run ended, as ISO 8601. */
  at: text,
  /** `passed`, or why the run ended without a pass, and its exit code. */
  outcome: text,
  status: count,
  /** The last commit of the run, its tree, and the commit that the run started from. */
  commit: hash,
  tree: hash,
  base: z.nullable(hash),
  /** Whether files that are not committed may have been part of what was checked. */
  carried: z.boolean(),
  /** The file that explains the commits; it is not part of what is checked. */
  fixes: z.nullable(text),
  sources: z.array(text),
  /** The runs of the last check. */
  checks: z.array(z.object({ command: text, outcome: text })),
  /** Whether a hidden check passed; null without one. */
  confirmed: z.nullable(z.boolean()),
  /** Tests and check scripts as they were at the first check and at the last one; null without a guard. */
  guard: z.nullable(z.object({ fingerprint: text, files: z.record(text, text) })),
  /** Tests of the last check, as far as runners report them; `known` of the failed ones did not count. */
  tests: z.nullable(z.object({ total: count, passed: count, failed: count, skipped: count, known: count })),
  /** What speaks against the result. */
  doubts: z.array(text),
  /** A hash of all the rest: it shows that a receipt was edited by mistake, not that it was forged. */
  digest: text,
})
export type Receipt = z.infer<typeof Receipt>

export function digestReceipt({
  digest: _own,
  ...rest
}: Omit<Receipt, 'digest'> & { readonly digest?: string }): string {
  return hashOf(rest)
}

/** Of the paths of guarded files and what they hold. */
export function guardFingerprint(files: Readonly<Record<string, string>>): string {
  return hashOf(files)
}

function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(value)))
    .digest('hex')
}

/** The same for any order of keys. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return entries.map(([key, content]) => [key, sortKeys(content)])
}

/** @returns undefined for text that is not a receipt of this version */
export function readReceipt(json: string): Receipt | undefined {
  try {
    const { success, data } = Receipt.safeParse(JSON.parse(json))
    return success ? data : undefined
  } catch {
    return undefined
  }
}
