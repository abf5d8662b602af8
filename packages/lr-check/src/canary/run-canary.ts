import { existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Io, once } from '@loop-runner/cli-kit'
import { kindOf, runsCode } from '@loop-runner/checkers'
import { needsRights } from '@loop-runner/sandbox'
import { canaryOf, comparedByCheck, type Counts } from '@loop-runner/tamper'
import type { Run } from '../running/run-plan.ts'
import { type CanaryRequest, type Copy, copyOf, newFolder } from './run-in-copy.ts'
import { tryAllValues } from './try-all-values.ts'
import { tryCompared } from './try-compared.ts'
import { tryEachValue } from './try-each-value.ts'
import { tryLines } from './try-lines.ts'
import { tryRunner } from './try-runner.ts'
import { tryWithoutNew } from './try-without-new.ts'

/** The results of further runs, one line per fault. */
export interface Findings {
  /** For certain. */
  readonly bent: readonly string[]
  readonly doubts: readonly string[]
}

/**
 * Makes the runs of known test runners once more, in a copy of the tree, with a test added that must fail and with other
 * values expected by the tests that failed at first. A runner that passes there is bent by the code under test.
 */
export async function findBentRunners(runs: readonly Run[], request: CanaryRequest, io: Io): Promise<Findings> {
  const code = runs.filter(({ plan }) => runsCode(kindOf(plan)))
  if (code.length === 0) return { bent: [], doubts: [] }
  const names = request.names.filter((name) => existsSync(join(io.cwd, name)))
  const tries = code.flatMap((run): Try[] => {
    const canary = canaryOf(run.plan)
    const isOnly = code.length === 1
    const compared = comparedByCheck(run.plan, names, io.cwd)
    return [
      ...(request.added.length > 0 && !onlyPassed(request.atFirst)
        ? [(copy: Copy) => tryWithoutNew(run, copy, io)]
        : []),
      ...(canary ? [(copy: Copy) => tryRunner(run, canary, copy, io)] : []),
      ...((canary ? run.report === undefined : isOnly) ? [(copy: Copy) => tryLines(run, canary, copy, io)] : []),
      ...(compared.length > 0 ? [(copy: Copy) => tryCompared(run, compared, copy, io)] : []),
    ]
  })
  const found: string[] = []
  const isShown = once(() => canBeShown(code, request, io))
  const inCopy = <T>(attempt: (copy: Copy) => Promise<T>) => tryInCopy(attempt, { names, isShown, request }, io)
  for (const attempt of tries) found.push(...(await inCopy(attempt)))
  if (found.length > 0) return { bent: found, doubts: [] }
  const isTried = ({ plan, outcome }: Run) => outcome === 'pass' && (canaryOf(plan) !== undefined || code.length === 1)
  const doubts: string[] = []
  for (const run of code.filter(isTried)) {
    doubts.push(...(await inCopy((copy) => tryAllValues(run, copy, io))))
    if (doubts.length > 0 || !request.isSuspicious) continue
    const each = await inCopy((copy) => tryEachValue(run, copy, io))
    found.push(...each.bent)
    doubts.push(...each.doubts)
  }
  if (found.length > 0) return { bent: found, doubts: [] }
  if (request.mayKnowAnswers) return { bent: doubts, doubts: [] }
  if (request.isSuspicious) return { bent: [], doubts }
  // Tests of bounds and of round trips pass with many values.
  for (const line of doubts) io.detail(`canary: ${line}`)
  return { bent: [], doubts: [] }
}

async function tryInCopy<T>(
  attempt: (copy: Copy) => Promise<T>,
  what: Parameters<typeof copyOf>[1],
  io: Io,
): Promise<T> {
  const place = newFolder()
  try {
    return await attempt(copyOf(join(place, basename(io.cwd)), what, io))
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** Whether a copy of the tree can be seen in its place: code cannot tell one from the other by its path then. */
async function canBeShown(code: readonly Run[], { confineIn }: CanaryRequest, { cwd }: Io): Promise<boolean> {
  if (code.some(({ plan }) => needsRights(plan.argv))) return false
  return (await confineIn(cwd, { folder: cwd, installed: [] })).showsCopy
}

/** A further run in a copy of the tree, with its result. */
type Try = (copy: Copy) => Promise<string[]>

/** If no test failed at first, the task may be to add tests, as with a coverage threshold. */
function onlyPassed({ names = [], failed = [] }: Counts): boolean {
  return names.length > 0 && failed.length === 0
}
