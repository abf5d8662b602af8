import { type ReadReport, SegmentBuilder } from './segment.ts'

const DURATION = String.raw`(?: +(?:in +)?[[(]?(?:[\d.]+|…) ?(?:ms|s|secs?|seconds)?[\])]?)?`
const PASSED = new RegExp(
  String.raw`[\s:](?:✅|[✔✓√]|\[✔\]|ok|OK|PASS(?:ED)?|[Pp]assed|[Ss]ucceeded|SUCCESS)[.!]?${DURATION}$`,
)
const FAILED = /(?:^|[\s:])(?:(?:❌|[✘✗✖✕]|\[✘\])|(?:FAIL(?:ED|URE)?|[Ff]ailed|ERROR)\b)/
const SUMMARY =
  /(?:^|[,;:] *)\d+ +(?:(?:out )?of \d+ )?(?:(?:tests?|specs?) )?(?:ok|pass(?:ed)?|fail(?:ed|ures?)?|succeeded|errors?)\b/i
/** Fewer lines that say that a test passed may be anything. */
const FEWEST = 20
const LEAST_SHARE = 0.3

/** The report of a runner that is not known, and that writes how a test went at the end of its line, as Meson, Tasty and logs do. */
export const readStatuses: ReadReport = (lines) => {
  const passes = lines.filter(isPass).length
  const written = lines.filter((line) => line.trim() !== '').length
  if (passes < Math.max(FEWEST, written * LEAST_SHARE)) return undefined
  const builder = new SegmentBuilder()
  for (const line of lines) {
    if (isPass(line)) builder.add('pass', line)
    else if (FAILED.test(line) && !SUMMARY.test(line)) builder.begin(line)
    else if (builder.isInRecord) builder.continue(line)
    else builder.add('text', line)
  }
  return builder.segments
}

function isPass(line: string): boolean {
  return PASSED.test(line) && !SUMMARY.test(line)
}
