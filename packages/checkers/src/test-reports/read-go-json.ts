import type { ReportState } from './test-report.ts'

/** One event of `go test -json`; `Test` is missing in those of a package. */
interface Event {
  readonly Action?: string
  readonly Package?: string
  readonly Test?: string
  readonly Output?: string
}

/**
 * What the events of a run that ends with 0 show against it: failed tests, or a package that counts as passed although its
 * process ended early, in `TestMain` or in a package that it loads.
 *
 * @returns undefined if nothing speaks against the pass
 */
export function readGoJson(text: string): ReportState | undefined {
  const events = text.split('\n').flatMap(parse)
  const brokenPackages = events.filter(({ Action, Test }) => Action === 'fail' && Test === undefined).length
  const failed = events.filter(({ Action, Test }) => Action === 'fail' && Test !== undefined)
  if (failed.length + brokenPackages > 0) {
    const tests = failed.map(({ Package = '', Test = '' }) => ({
      name: `${Package}: ${Test}`,
      outcome: 'failed' as const,
    }))
    return { tests, otherFailures: tests.length > 0 ? 0 : brokenPackages }
  }
  return [...byPackage(events)].every(cameToItsEnd) ? undefined : 'incomplete'
}

function byPackage(events: readonly Event[]): Iterable<readonly Event[]> {
  const packages = new Map<string, Event[]>()
  for (const event of events) {
    const { Package = '' } = event
    const others = packages.get(Package)
    if (others) others.push(event)
    else packages.set(Package, [event])
  }
  return packages.values()
}

/** The test framework prints PASS after the last test, and reports when there are no tests. */
function cameToItsEnd(events: readonly Event[]): boolean {
  if (!events.some(({ Action, Test }) => Action === 'pass' && Test === undefined)) return true
  const of = (action: string) => new Set(events.flatMap((event) => (event.Action === action ? [event.Test] : [])))
  const ended = new Set([...of('pass'), ...of('skip')])
  const printed = events.map(({ Output = '' }) => Output).join('')
  const ran = [...of('run')]
  if (!ran.every((test) => ended.has(test))) return false
  return /^PASS$/m.test(printed) && (ran.length > 0 || printed.includes('no tests to run'))
}

function parse(line: string): Event[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as Event]
  } catch {
    // What the build prints.
    return []
  }
}
